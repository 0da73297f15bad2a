package dev.todo.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An OpenAPI document as it is written: a tree in which a reference is still a reference. */
record Document(JsonNode root) {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final Set<String> WORDS =
            Set.of("description", "summary", "example", "examples", "x-pattern-message");

    static Document read(Path file) throws IOException {
        return new Document(new YAMLMapper().readTree(file.toFile()));
    }

    String version() {
        return root.at("/info/version").asText();
    }

    int majorVersion() {
        return numbers(version())[0];
    }

    boolean isNewerThan(Document other) {
        return Arrays.compare(numbers(version()), numbers(other.version())) > 0;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    /** All operations by their ids, each with what it has of its path and of the whole document. */
    Map<String, ObjectNode> operations() {
        Map<String, ObjectNode> operations = new TreeMap<>();
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
                if (METHODS.contains(member.getKey())) {
                    ObjectNode operation = whole(path.getValue(), member.getValue());
                    operation.put("path", path.getKey()).put("method", member.getKey());
                    operations.put(operation.path("operationId").asText(), operation);
                }
            }
        }
        return operations;
    }

    private ObjectNode whole(JsonNode path, JsonNode written) {
        ObjectNode operation = written.deepCopy();
        ArrayNode parameters = JsonNodeFactory.instance.arrayNode();
        path.path("parameters").forEach(parameters::add);
        written.path("parameters").forEach(parameters::add);
        operation.set("parameters", parameters);
        JsonNode security = written.has("security") ? written.path("security") : root.path("security");
        operation.set("security", security.deepCopy());
        ObjectNode schemes = operation.putObject("securitySchemes");
        security.forEach(either -> either.fieldNames()
                .forEachRemaining(name -> schemes.set(name, root.at("/components/securitySchemes/" + name))));
        return operation;
    }

    JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** The shared parts that an operation is made of, by their names, without what is only said of them. */
    Map<String, JsonNode> partsOf(JsonNode operation) {
        Map<String, JsonNode> parts = new TreeMap<>();
        collect(withoutWords(operation), parts, new HashSet<>());
        return parts;
    }

    private void collect(JsonNode node, Map<String, JsonNode> parts, Set<String> seen) {
        if (node.has("$ref") && seen.add(node.path("$ref").asText())) {
            JsonNode part = withoutWords(resolve(node));
            String reference = node.path("$ref").asText();
            parts.put(reference.substring("#/components/".length()), part);
            collect(part, parts, seen);
        }
        node.forEach(child -> collect(child, parts, seen));
    }

    /** What a program can tell: descriptions and examples are for people. */
    static JsonNode withoutWords(JsonNode node) {
        JsonNode copy = node.deepCopy();
        strip(copy, false);
        return copy;
    }

    private static void strip(JsonNode node, boolean namesFields) {
        if (node instanceof ObjectNode object && !namesFields) {
            object.remove(WORDS);
        }
        if (node.isObject()) {
            node.properties()
                    .forEach(member -> strip(
                            member.getValue(), !namesFields && member.getKey().equals("properties")));
        } else {
            node.forEach(item -> strip(item, false));
        }
    }
}
