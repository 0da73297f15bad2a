package dev.todo.auth.web;

import dev.todo.auth.Refusal;
import dev.todo.auth.TokenRefused;
import java.util.List;
import org.springframework.http.HttpHeaders;

/** The token of the {@code Authorization} header, the only place where one is looked for (RFC 6750, section 2.1). */
final class BearerToken {
    private static final String SCHEME = "Bearer ";

    private BearerToken() {}

    static String of(HttpHeaders headers) {
        List<String> values = headers.get(HttpHeaders.AUTHORIZATION);
        if (values == null || values.isEmpty()) {
            throw new TokenRefused(Refusal.NO_TOKEN);
        }
        if (values.size() > 1) {
            throw new TokenRefused(Refusal.SEVERAL_HEADERS);
        }
        return read(values.get(0).strip());
    }

    private static String read(String value) {
        if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new TokenRefused(Refusal.NO_TOKEN);
        }
        String token = value.substring(SCHEME.length()).stripLeading();
        for (int i = 0; i < token.length(); i++) {
            if (!isAllowed(token.charAt(i))) {
                throw new TokenRefused(Refusal.MALFORMED);
            }
        }
        return token;
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._".indexOf(c) >= 0;
    }
}
