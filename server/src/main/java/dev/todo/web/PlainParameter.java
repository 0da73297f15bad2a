package dev.todo.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the values of a parameter are, for certain, what the contract asks for. */
record PlainParameter(String name, String in, boolean required, Values values) {
    private static final Set<String> KEYWORDS =
            Set.of("name", "in", "required", "schema", "style", "explode", "description", "example", "examples");
    private static final Set<String> USUAL_STYLES = Set.of("", "form", "simple");
    private static final Set<String> OF_LISTS = Set.of("type", "items", "minItems", "maxItems");
    private static final Set<String> OF_TRUTH = Set.of("type");

    private interface Value {
        boolean holds(String value);
    }

    private interface Values {
        boolean hold(List<? extends @Nullable String> values);
    }

    static PlainParameter of(Parameter parameter, PlainSchemas schemas) {
        return new PlainParameter(
                parameter.getName(),
                parameter.getIn(),
                Boolean.TRUE.equals(parameter.getRequired()),
                values(parameter, schemas));
    }

    boolean holds(List<? extends @Nullable String> given) {
        return values.hold(given);
    }

    boolean holds(@Nullable String given) {
        return given != null && values.hold(List.of(given));
    }

    private static Values values(Parameter parameter, PlainSchemas schemas) {
        JsonNode written = Json.mapper().valueToTree(parameter);
        if (!PlainJson.asksOnlyFor(written, KEYWORDS)
                || !USUAL_STYLES.contains(written.path("style").asText())) {
            return given -> false;
        }
        JsonNode schema = schemas.read(parameter.getSchema());
        if (!schema.path("type").asText().equals("array")) {
            Value value = value(schema);
            return given -> given.size() == 1 && holds(value, given.get(0));
        }
        if (!PlainJson.asksOnlyFor(schema, OF_LISTS) || !parameter.getIn().equals("query")) {
            return given -> false;
        }
        Value item = value(schemas.resolved(schema.path("items")));
        int least = schema.path("minItems").asInt(0);
        int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
        boolean commas = !written.path("explode").asBoolean(true);
        return given -> commas
                ? given.size() == 1
                        && given.get(0) != null
                        && holdAll(item, List.of(given.get(0).split(",", -1)), least, most)
                : holdAll(item, given, least, most);
    }

    private static boolean holdAll(Value item, List<? extends @Nullable String> given, int least, int most) {
        if (given.size() < least || given.size() > most) {
            return false;
        }
        for (String value : given) {
            if (!holds(item, value) || value.indexOf(',') >= 0) {
                return false;
            }
        }
        return true;
    }

    /** The validator takes "null" for no text, and white space for no value. */
    private static boolean holds(Value value, @Nullable String given) {
        return given != null
                && !given.isEmpty()
                && given.charAt(0) > ' '
                && !given.equalsIgnoreCase("null")
                && value.holds(given);
    }

    private static Value value(JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "string" -> {
                PlainText text = PlainText.of(schema);
                yield text == null ? given -> false : text::holds;
            }
            case "integer" -> {
                PlainNumber number = PlainNumber.of(schema);
                yield number == null ? given -> false : number::holds;
            }
            case "boolean" ->
                PlainJson.asksOnlyFor(schema, OF_TRUTH)
                        ? given -> given.equals("true") || given.equals("false")
                        : given -> false;
            default -> given -> false;
        };
    }
}
