package dev.todo.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
            violations.add("the body is not JSON, or has a field twice, at line %d, column %d"
                    .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
            return null;
        }
    }

    /** A file without lines is a file of JSON Lines; no calendar is empty. */
    static void text(String mediaType, byte[] body, List<String> violations) {
        if (body.length == 0 && !mediaType.equals("application/x-ndjson")) {
            violations.add("there is no body");
        }
        utf8(body, violations);
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
