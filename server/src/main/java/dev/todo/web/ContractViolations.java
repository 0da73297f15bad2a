package dev.todo.web;

import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import dev.todo.problem.InputError;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the validator found, in words of our own: its messages repeat the value that was sent, ours never do. */
final class ContractViolations {
    static final String MISSING_PARAMETER = "validation.request.parameter.missing";
    static final String UNKNOWN_PARAMETER = "is not a parameter of this operation";

    private static final String UNEXPECTED = "is not what the contract asks for";

    private final OpenAPI document;

    ContractViolations(OpenAPI document) {
        this.document = document;
    }

    InputError ofParameter(ValidationReport.Message message) {
        Parameter parameter = message.getContext()
                .flatMap(ValidationReport.MessageContext::getParameter)
                .orElseThrow();
        String says = switch (message.getKey()) {
            case "validation.request.parameter.query.unexpected" -> UNKNOWN_PARAMETER;
            case "validation.request.parameter.collection.invalid" -> "must be given once";
            case "validation.request.parameter.collection.tooManyItems" ->
                violation("maxItems", resolved(parameter.getSchema()));
            case "validation.request.parameter.collection.duplicateItems" ->
                violation("uniqueItems", resolved(parameter.getSchema()));
            case MISSING_PARAMETER -> "must not be empty";
            default -> violation(keyword(message), judged(keyword(message), resolved(parameter.getSchema())));
        };
        return InputError.of(parameter.getName(), says);
    }

    /** Of a list it is nearly always an item that is wrong. */
    Schema<?> judged(String keyword, Schema<?> schema) {
        return schema.getItems() == null || keyword.endsWith("Items") ? schema : resolved(schema.getItems());
    }

    List<InputError> ofBody(ValidationReport.Message message, JsonNode body, Schema<?> bodySchema) {
        String pointer = message.getContext()
                .flatMap(ValidationReport.MessageContext::getPointers)
                .map(ValidationReport.MessageContext.Pointers::getInstance)
                .filter(instance -> !instance.equals("/"))
                .orElse("");
        JsonNode node = body.at(pointer);
        Schema<?> schema = at(pointer, bodySchema);
        return switch (keyword(message)) {
            case "required" -> missingFields(pointer, node, schema);
            case "additionalProperties" -> unknownFields(pointer, node, schema);
            case "uniqueItems" -> repeatedItems(pointer, node);
            case "minLength" -> List.of(InputError.at(pointer, tooShort(node.asText(), schema)));
            case "pattern" -> List.of(InputError.at(pointer, patternBroken(node.asText(), schema)));
            default -> List.of(InputError.at(pointer, violation(keyword(message), schema)));
        };
    }

    private static String keyword(ValidationReport.Message message) {
        int schema = message.getKey().indexOf(".schema.");
        return schema < 0 ? "" : message.getKey().substring(schema + ".schema.".length());
    }

    private static List<InputError> missingFields(String pointer, JsonNode node, Schema<?> schema) {
        return Optional.ofNullable(schema.getRequired()).orElse(List.of()).stream()
                .filter(name -> !node.has(name))
                .map(name -> InputError.at(JsonPointers.child(pointer, name), "is required"))
                .toList();
    }

    private static List<InputError> unknownFields(String pointer, JsonNode node, Schema<?> schema) {
        Set<String> known = properties(schema).keySet();
        List<InputError> errors = new ArrayList<>();
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                errors.add(InputError.at(JsonPointers.child(pointer, name), "is not a field of this request"));
            }
        });
        return errors;
    }

    /** To the validator 1 and 1.0 are the same number. */
    private static List<InputError> repeatedItems(String pointer, JsonNode items) {
        Map<Object, Integer> seen = new HashMap<>();
        List<InputError> errors = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = items.get(i);
            Integer first =
                    seen.putIfAbsent(item.isNumber() ? item.decimalValue().stripTrailingZeros() : item, i);
            if (first != null) {
                errors.add(InputError.at(
                        JsonPointers.child(pointer, Integer.toString(i)),
                        "is the same as %s: send it once"
                                .formatted(JsonPointers.child(pointer, Integer.toString(first)))));
            }
        }
        return errors;
    }

    private static String violation(String keyword, Schema<?> schema) {
        return switch (keyword) {
            case "type", "nullable" -> "must be " + kind(schema);
            case "minLength" -> "must have at least " + counted(schema.getMinLength(), "character");
            case "maxLength" -> "must have at most " + counted(schema.getMaxLength(), "character");
            case "minimum" -> "must be at least " + plain(schema.getMinimum());
            case "maximum" -> "must be at most " + plain(schema.getMaximum());
            case "minItems" -> "must have at least " + counted(schema.getMinItems(), "item");
            case "minProperties" -> "must have at least " + counted(schema.getMinProperties(), "field");
            case "maxItems" -> "must have at most " + counted(schema.getMaxItems(), "item");
            case "enum" -> "must be one of " + String.join(", ", values(schema));
            case "pattern" -> patternMessage(schema);
            default -> keyword.startsWith("format") ? "must be a valid " + schema.getFormat() : UNEXPECTED;
        };
    }

    /** What is empty breaks many a pattern, too: one mistake, told in the same words. */
    private static String tooShort(String text, Schema<?> schema) {
        boolean breaksPattern =
                text.isEmpty() && schema.getPattern() != null && !Pattern.matches(schema.getPattern(), text);
        return breaksPattern ? patternMessage(schema) : violation("minLength", schema);
    }

    /** Of a text of blanks, and of characters that are no better, which nothing in the contract has for a value. */
    String ofBlank(String text, Schema<?> schema) {
        return schema.getEnum() == null ? patternBroken(text, schema) : violation("enum", schema);
    }

    private static String patternBroken(String text, Schema<?> schema) {
        return text.indexOf('\0') >= 0 ? "must not contain U+0000" : patternMessage(schema);
    }

    /** A pattern says nothing to most people, so the contract says it in words besides. */
    private static String patternMessage(Schema<?> schema) {
        return Optional.ofNullable(schema.getExtensions())
                .map(extensions -> extensions.get("x-pattern-message"))
                .map(Object::toString)
                .orElse(UNEXPECTED);
    }

    private static String kind(Schema<?> schema) {
        String type = schema.getType() == null ? "a value" : schema.getType();
        String article = type.startsWith("a ") ? "" : type.matches("[aeio].*") ? "an " : "a ";
        return article + type + (Boolean.TRUE.equals(schema.getNullable()) ? " or null" : "");
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String plain(@Nullable BigDecimal number) {
        return number == null ? "" : number.toPlainString();
    }

    private static List<String> values(Schema<?> schema) {
        return schema.getEnum().stream().map(String::valueOf).toList();
    }

    private Schema<?> at(String pointer, Schema<?> root) {
        Schema<?> schema = resolved(root);
        for (String name :
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/")) {
            schema = child(schema, name);
        }
        return schema;
    }

    private Schema<?> child(Schema<?> parent, String name) {
        Schema<?> field = properties(parent).get(name);
        if (field != null) {
            return resolved(field);
        }
        return parent.getItems() == null ? parent : resolved(parent.getItems());
    }

    Schema<?> resolved(Schema<?> schema) {
        String reference = schema.get$ref();
        if (reference == null) {
            return schema;
        }
        String name = reference.substring(reference.lastIndexOf('/') + 1);
        return Objects.requireNonNull(document.getComponents().getSchemas().get(name));
    }

    @SuppressWarnings("rawtypes")
    private static Map<String, Schema> properties(Schema<?> schema) {
        return schema.getProperties() == null ? Map.of() : schema.getProperties();
    }
}
