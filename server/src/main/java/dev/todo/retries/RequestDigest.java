package dev.todo.retries;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What tells a request from others: taken piece by piece, so that a body need not be in memory. */
public final class RequestDigest {
    private final MessageDigest sha256;

    /** {@code line} is the method and the path with the query, as they were sent. */
    public RequestDigest(String line) {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
        sha256.update((line + "\n").getBytes(UTF_8));
    }

    public void add(ByteBuffer piece) {
        sha256.update(piece);
    }

    public String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
