package dev.todo.contract;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swagger.v3.oas.models.media.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads bodies as strictly as the contract writes them: in UTF-8, each field once, nothing behind the end. */
final class Bodies {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Bodies() {}

    static boolean isJson(String mediaType) {
        return mediaType.equals("application/json") || mediaType.endsWith("+json");
    }

    static @Nullable JsonNode json(byte[] body, List<String> violations) {
        String text = utf8(body, violations);
        if (text == null) {
            return null;
        }
        if (text.isBlank()) {
            violations.add("there is no body");
            return null;
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            violations.add("the body is " + unreadable(e, "line %2$d, column %1$d"));
            return null;
        }
    }

    /**
     * Each line of JSON Lines is held to the schema of a line; there may be none, and empty ones. Any other file is only
     * text, and never empty.
     */
    static void file(Schema<?> file, byte[] body, SchemaCheck schemas, List<String> violations) {
        String text = utf8(body, violations);
        Schema<?> line = Contract.line(file);
        if (text != null && line != null) {
            lines(line, text.split("\n"), schemas, violations);
        } else if (body.length == 0) {
            violations.add("there is no body");
        }
    }

    private static void lines(Schema<?> line, String[] lines, SchemaCheck schemas, List<String> violations) {
        for (int i = 0; i < lines.length; i++) {
            String where = "body line " + (i + 1);
            try {
                if (!lines[i].isBlank()) {
                    violations.addAll(schemas.violations(where, JSON.readTree(lines[i]), line));
                }
            } catch (JsonProcessingException e) {
                violations.add(where + " is " + unreadable(e, "column %d"));
            }
        }
    }

    /** Where a limit is passed, of depth or of length, no place is known. */
    private static String unreadable(JsonProcessingException failure, String place) {
        JsonLocation found = failure.getLocation();
        return found == null
                ? "not JSON that can be read"
                : "not JSON, or has a field twice, at " + place.formatted(found.getColumnNr(), found.getLineNr());
    }

    private static @Nullable String utf8(byte[] body, List<String> violations) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            violations.add("the body is not UTF-8");
            return null;
        }
    }
}
