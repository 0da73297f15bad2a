package dev.todo.web;

import com.atlassian.oai.validator.model.Body;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.todo.problem.InputError;
import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A body read as JSON more strictly than Jackson does by itself: UTF-8 only, one value, no field twice. */
record JsonBody(JsonNode json) implements Body {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
            .build();

    static JsonBody parse(byte[] bytes) {
        return parse(bytes, "The body", "at line %d, column %d");
    }

    /** One line of a body. */
    static JsonBody parseLine(byte[] bytes) {
        return parse(bytes, "The line", "at column %2$d");
    }

    private static JsonBody parse(byte[] bytes, String whole, String place) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            JsonNode json = MAPPER.readTree(text);
            if (json.isMissingNode()) {
                throw unreadable(whole + " is empty. Send a JSON object.");
            }
            return new JsonBody(json);
        } catch (CharacterCodingException e) {
            throw unreadable(whole + " is not UTF-8.");
        } catch (StreamConstraintsException | NumberFormatException e) {
            throw unreadable(whole + " nests too deeply, or has a number or a name that is too large.");
        } catch (JsonProcessingException e) {
            boolean duplicate = e.getOriginalMessage().startsWith("Duplicate field");
            String where = e.getLocation() == null
                    ? ""
                    : " "
                            + place.formatted(
                                    e.getLocation().getLineNr(), e.getLocation().getColumnNr());
            throw unreadable(
                    duplicate
                            ? "A field is given twice" + where + "."
                            : whole + " is not well-formed JSON" + where + ".");
        }
    }

    private static Problem unreadable(String detail) {
        return Problem.of(ProblemType.INVALID_REQUEST, detail);
    }

    /** Texts with half a surrogate pair, which no UTF-8 can hold. */
    List<InputError> brokenTexts() {
        List<InputError> errors = new ArrayList<>();
        collectBrokenTexts(json, "", errors);
        return errors;
    }

    private static void collectBrokenTexts(JsonNode node, String pointer, List<InputError> errors) {
        if (node.isTextual() && !isWellFormed(node.textValue())) {
            errors.add(InputError.at(pointer, "must be well-formed Unicode: half of a surrogate pair is missing"));
        }
        node.properties()
                .forEach(field ->
                        collectBrokenTexts(field.getValue(), JsonPointers.child(pointer, field.getKey()), errors));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collectBrokenTexts(node.get(i), JsonPointers.child(pointer, Integer.toString(i)), errors);
        }
    }

    static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    @Override
    public boolean hasBody() {
        return true;
    }

    @Override
    public JsonNode toJsonNode() {
        return json;
    }

    @Override
    public String toString(Charset encoding) {
        return json.toString();
    }
}
