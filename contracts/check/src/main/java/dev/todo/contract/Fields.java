package dev.todo.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** The headers of a message, whatever the case of their names. */
final class Fields {
    private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** {@code HttpURLConnection} has the status line among them, under no name. */
    Fields(Map<String, List<String>> fields) {
        fields.forEach((name, values) -> {
            if (name != null) {
                this.fields.put(name, values);
            }
        });
    }

    List<String> values(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** Lines of one name are one list (RFC 9110, 5.3). */
    String joined(String name) {
        return String.join(", ", values(name));
    }

    /** Content-Type without its parameters; empty when there is none. */
    String mediaType() {
        return joined("Content-Type").replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    /** The body as it was before it was compressed for the way. */
    byte[] decoded(byte[] body, List<String> violations) {
        String encoding = joined("Content-Encoding");
        if (body.length == 0 || encoding.isEmpty() || encoding.equalsIgnoreCase("identity")) {
            return body;
        }
        if (encoding.equalsIgnoreCase("gzip")) {
            try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(body))) {
                return stream.readAllBytes();
            } catch (IOException e) {
                violations.add("the body is not gzip, as Content-Encoding says");
                return body;
            }
        }
        violations.add("header Content-Encoding is neither gzip nor identity");
        return body;
    }
}
