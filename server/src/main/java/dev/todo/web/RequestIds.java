package dev.todo.web;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id of a request: the client's own, if it is one that may stand in a log, or a random one. */
final class RequestIds {
    static final String HEADER = "X-Request-Id";

    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final int BYTES = 16;

    private final SecureRandom random = new SecureRandom();

    String acceptedOrNext(@Nullable String given) {
        return given != null && ACCEPTABLE.matcher(given).matches() ? given : next();
    }

    String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
