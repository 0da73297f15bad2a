package dev.todo.contract;

import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import com.atlassian.oai.validator.report.ValidationReport.Message;
import com.atlassian.oai.validator.report.ValidationReport.MessageContext;
import com.atlassian.oai.validator.schema.SchemaValidator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Holds a value to its schema, and says what is wrong without ever repeating the value: it may be a secret. */
final class SchemaCheck {
    static final SchemaCheck REQUESTS = new SchemaCheck("request.body", true);

    /** The contract announces fields and enum values to come in its section on growth: they are passed over. */
    static final SchemaCheck ANSWERS = new SchemaCheck("response.body", false);

    static final SchemaCheck EXACT_ANSWERS = new SchemaCheck("response.body", true);

    private static final String ENUM = "enum";
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");
    private static final JsonNode DOCUMENT = Json.mapper().valueToTree(Contract.DOCUMENT);

    private final String kind;
    private final boolean exact;
    private final SchemaValidator validator;

    private SchemaCheck(String kind, boolean exact) {
        LevelResolver.Builder levels = LevelResolver.create();
        if (!exact) {
            levels.withLevel(SchemaValidator.ADDITIONAL_PROPERTIES_KEY, Level.IGNORE);
        }
        this.kind = kind;
        this.exact = exact;
        this.validator = new SchemaValidator(Contract.DOCUMENT, new MessageResolver(levels.build()));
    }

    List<String> violations(String where, JsonNode value, Schema<?> schema) {
        return validator.validate(() -> value, schema, kind).getMessages().stream()
                .flatMap(SchemaCheck::leaves)
                .filter(message -> exact || !keyword(message).equals(ENUM))
                .flatMap(message -> words(where, message, value, schema).stream())
                .distinct()
                .toList();
    }

    /** Text of a header or a parameter; what is no integer stays text, and so breaks the schema of one. */
    List<String> violations(String where, String text, Schema<?> schema) {
        return violations(where, json(text, schema), schema);
    }

    static JsonNode json(String text, Schema<?> schema) {
        String type = String.valueOf(Contract.resolved(schema).getType());
        return switch (type) {
            case "integer" ->
                INTEGER.matcher(text).matches() ? BigIntegerNode.valueOf(new BigInteger(text)) : TextNode.valueOf(text);
            case "boolean" ->
                text.equals("true") || text.equals("false")
                        ? BooleanNode.valueOf(text.equals("true"))
                        : TextNode.valueOf(text);
            default -> TextNode.valueOf(text);
        };
    }

    private static Stream<Message> leaves(Message message) {
        return message.getNestedMessages().isEmpty()
                ? Stream.of(message)
                : message.getNestedMessages().stream().flatMap(SchemaCheck::leaves);
    }

    private static List<String> words(String where, Message message, JsonNode value, Schema<?> root) {
        Optional<MessageContext.Pointers> pointers = message.getContext().flatMap(MessageContext::getPointers);
        String pointer = pointers.map(MessageContext.Pointers::getInstance)
                .filter(instance -> !instance.equals("/"))
                .orElse("");
        JsonNode schema =
                schema(pointers.map(MessageContext.Pointers::getSchema).orElse(""), root);
        String place = pointer.isEmpty() ? where : where + " " + pointer;
        String keyword = keyword(message);
        List<String> names = names(keyword, value.at(pointer), schema);
        return names.isEmpty()
                ? List.of(place + " " + says(keyword, schema))
                : names.stream().map(name -> place + " " + name).toList();
    }

    /** Of what is missing or too much, each field by its name. */
    private static List<String> names(String keyword, JsonNode value, JsonNode schema) {
        return switch (keyword) {
            case "required" ->
                names(schema.path("required"))
                        .filter(name -> !value.has(name))
                        .map("has no field "::concat)
                        .toList();
            case "additionalProperties" ->
                fields(value)
                        .filter(name -> !schema.path("properties").has(name))
                        .map("has a field that is not declared: "::concat)
                        .toList();
            default -> List.of();
        };
    }

    private static String says(String keyword, JsonNode schema) {
        return switch (keyword) {
            case "type" -> "is not of type " + type(schema);
            case ENUM ->
                "is none of " + String.join(", ", names(schema.path(ENUM)).toList());
            case "pattern" ->
                schema.has("x-pattern-message")
                        ? schema.path("x-pattern-message").asText()
                        : "does not match " + schema.path("pattern").asText();
            default ->
                keyword.startsWith("format")
                        ? "has not the format " + schema.path("format").asText()
                        : "breaks " + (keyword + " " + limit(schema.path(keyword))).strip();
        };
    }

    private static String limit(JsonNode value) {
        return value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
    }

    private static String type(JsonNode schema) {
        return schema.path("type").asText() + (schema.path("nullable").asBoolean() ? " or null" : "");
    }

    private static String keyword(Message message) {
        return message.getKey().replaceFirst(".*\\.schema\\.", "");
    }

    /** Where the library found the schema by its name, it says so; else it is the one that was given. */
    private static JsonNode schema(String pointer, Schema<?> root) {
        if (pointer.startsWith("/components/")) {
            return DOCUMENT.at(pointer);
        }
        JsonNode given = Json.mapper().valueToTree(root);
        JsonNode found = pointer.isEmpty() || pointer.equals("/") ? given : given.at(pointer);
        return found instanceof MissingNode ? given : found;
    }

    private static Stream<String> names(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }

    private static Stream<String> fields(JsonNode object) {
        return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false);
    }
}
