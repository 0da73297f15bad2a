package dev.todo.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Makes quick judges of the schemas of a document. Of a schema with a keyword that is not known here comes none. */
final class PlainSchemas {
    private static final String PLACE = "#/components/schemas/";
    private static final Set<String> OF_FIELDS =
            Set.of("type", "nullable", "required", "properties", "additionalProperties", "minProperties");
    private static final Set<String> OF_ITEMS = Set.of("type", "nullable", "items", "minItems", "maxItems");
    private static final Set<String> OF_TRUTH = Set.of("type", "nullable");

    private final JsonNode named;

    PlainSchemas(OpenAPI document) {
        this.named = Json.mapper().valueToTree(document.getComponents().getSchemas());
    }

    PlainJson judge(Schema<?> schema) {
        return judge(read(schema), Set.of());
    }

    /** A schema as the document has it, without a reference at its top. */
    JsonNode read(Schema<?> schema) {
        return resolved(Json.mapper().valueToTree(schema));
    }

    JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? named.path(nameOf(schema)) : schema;
    }

    private static String nameOf(JsonNode reference) {
        String place = reference.get("$ref").asText();
        return place.startsWith(PLACE) ? place.substring(PLACE.length()) : "";
    }

    private PlainJson judge(JsonNode schema, Set<String> within) {
        if (schema.has("$ref")) {
            String name = nameOf(schema);
            if (within.contains(name)) {
                return PlainJson.UNCERTAIN;
            }
            Set<String> withThis = new HashSet<>(within);
            withThis.add(name);
            return judge(named.path(name), withThis);
        }
        PlainJson value = ofType(schema, within);
        boolean nullable = schema.path("nullable").asBoolean() && !schema.has("enum");
        return nullable && value != PlainJson.UNCERTAIN ? new PlainJson.OrNull(value) : value;
    }

    private PlainJson ofType(JsonNode schema, Set<String> within) {
        return switch (schema.path("type").asText()) {
            case "string" -> {
                PlainText text = PlainText.of(schema);
                yield text == null ? PlainJson.UNCERTAIN : new PlainJson.Text(text);
            }
            case "integer" -> {
                PlainNumber number = PlainNumber.of(schema);
                yield number == null ? PlainJson.UNCERTAIN : new PlainJson.Whole(number);
            }
            case "boolean" -> PlainJson.asksOnlyFor(schema, OF_TRUTH) ? new PlainJson.Truth() : PlainJson.UNCERTAIN;
            case "array" -> items(schema, within);
            case "object" -> fields(schema, within);
            default -> PlainJson.UNCERTAIN;
        };
    }

    private PlainJson items(JsonNode schema, Set<String> within) {
        return PlainJson.asksOnlyFor(schema, OF_ITEMS)
                ? new PlainJson.Items(
                        judge(schema.path("items"), within),
                        schema.path("minItems").asInt(0),
                        schema.path("maxItems").asInt(Integer.MAX_VALUE))
                : PlainJson.UNCERTAIN;
    }

    private PlainJson fields(JsonNode schema, Set<String> within) {
        JsonNode properties = schema.path("properties");
        boolean closed = schema.path("additionalProperties").isBoolean()
                && !schema.get("additionalProperties").booleanValue();
        if (!closed || !PlainJson.asksOnlyFor(schema, OF_FIELDS) || properties.size() > PlainJson.Fields.MOST) {
            return PlainJson.UNCERTAIN;
        }
        Map<String, PlainJson.Field> fields = new HashMap<>();
        properties
                .properties()
                .forEach(property -> fields.put(
                        property.getKey(),
                        new PlainJson.Field(judge(property.getValue(), within), 1L << fields.size())));
        long required = 0;
        for (JsonNode name : schema.path("required")) {
            PlainJson.Field field = fields.get(name.asText());
            if (field == null) {
                return PlainJson.UNCERTAIN;
            }
            required |= field.bit();
        }
        return new PlainJson.Fields(
                fields, required, schema.path("minProperties").asInt(0));
    }
}
