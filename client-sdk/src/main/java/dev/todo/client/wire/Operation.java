package dev.todo.client.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request of the contract that has not been sent.
 *
 * @param route the path as the contract has it, with names in braces
 * @param target path and query, encoded
 * @param body what is to be written as JSON; null for none
 * @param answer what the answer is read as; {@code Void} for nothing
 */
public record Operation<T>(
        String name,
        String method,
        String route,
        boolean authenticated,
        String target,
        Map<String, String> headers,
        @Nullable Object body,
        Class<T> answer) {
    private static final String UNRESERVED = "-._~";
    private static final String HEX = "0123456789ABCDEF";

    public static Builder of(String name, String method, String route, boolean authenticated) {
        return new Builder(name, method, route, authenticated);
    }

    /** The same with another header, or with another value of it. */
    public Operation<T> with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Operation<>(name, method, route, authenticated, target, more, body, answer);
    }

    /** Percent-encodes all but RFC 3986's unreserved characters; a path of dots would be taken for a way to go. */
    private static String encoded(String text) {
        ByteBuffer bytes;
        try {
            bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a text has half of a surrogate pair, which no request can carry", e);
        }
        boolean dots = text.equals(".") || text.equals("..");
        StringBuilder encoded = new StringBuilder(bytes.remaining());
        while (bytes.hasRemaining()) {
            int octet = bytes.get() & 0xFF;
            if (!dots && octet < 0x80 && (Character.isLetterOrDigit(octet) || UNRESERVED.indexOf(octet) >= 0)) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HEX.charAt(octet >> 4)).append(HEX.charAt(octet & 0xF));
            }
        }
        return encoded.toString();
    }

    /** Takes an operation's arguments, one after the other. */
    public static final class Builder {
        private final String name;
        private final String method;
        private final String route;
        private final boolean authenticated;
        private final StringBuilder query = new StringBuilder();
        private final Map<String, String> headers = new LinkedHashMap<>();
        private final List<String> accepted = new ArrayList<>();
        private String path;
        private @Nullable Object body;

        private Builder(String name, String method, String route, boolean authenticated) {
            this.name = name;
            this.method = method;
            this.route = route;
            this.authenticated = authenticated;
            this.path = route;
        }

        public Builder path(String parameter, Object value) {
            if (value.toString().isEmpty()) {
                throw new IllegalArgumentException(parameter + " must not be empty");
            }
            path = path.replace("{" + parameter + "}", encoded(value.toString()));
            return this;
        }

        public Builder query(String parameter, @Nullable Object value) {
            if (value != null) {
                query.append(query.isEmpty() ? '?' : '&').append(parameter).append('=');
                query.append(encoded(value.toString()));
            }
            return this;
        }

        public Builder queryEach(String parameter, @Nullable List<?> values) {
            if (values != null) {
                values.forEach(value -> query(parameter, value));
            }
            return this;
        }

        public Builder queryJoined(String parameter, @Nullable List<?> values) {
            if (values != null) {
                query.append(query.isEmpty() ? '?' : '&').append(parameter).append('=');
                query.append(String.join(
                        ",",
                        values.stream().map(value -> encoded(value.toString())).toList()));
            }
            return this;
        }

        public Builder header(String header, @Nullable Object value) {
            if (value != null) {
                headers.put(header, value.toString());
            }
            return this;
        }

        public Builder body(String contentType, @Nullable Object content) {
            if (content != null) {
                headers.put("Content-Type", contentType);
                body = content;
            }
            return this;
        }

        public Builder accept(String mediaType) {
            accepted.add(mediaType);
            return this;
        }

        public <T> Operation<T> answering(Class<T> answer) {
            if (!accepted.isEmpty()) {
                headers.put("Accept", String.join(", ", accepted));
            }
            return new Operation<>(name, method, route, authenticated, path + query, Map.copyOf(headers), body, answer);
        }
    }
}
