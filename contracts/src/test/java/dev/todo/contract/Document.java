package dev.todo.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** An OpenAPI document as it is written: a tree in which a reference is still a reference. */
record Document(JsonNode root) {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final Set<String> WORDS =
            Set.of("description", "summary", "example", "examples", "x-pattern-message");

    /** Nine digits are all that an int can have, whichever they are. */
    private static final Pattern VERSION = Pattern.compile("(0|[1-9][0-9]{0,8})(\\.(0|[1-9][0-9]{0,8})){2}");

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

    /** What keeps it from being compared with another, in sentences. */
    List<String> faults(String file) {
        List<String> faults = new ArrayList<>();
        if (!VERSION.matcher(version()).matches()) {
            faults.add("info.version of %s is \"%s\": write three numbers and nothing else, like 0.2.0."
                    .formatted(file, version()));
        }
        for (String part : List.of("paths", "components")) {
            if (!root.path(part).isObject()) {
                faults.add("%s has no %s: write them, or take the file back.".formatted(file, part));
            }
        }
        Set<String> ids = new HashSet<>();
        eachOperation((path, method, operation) -> {
            String id = operation.path("operationId").asText();
            if (id.isEmpty()) {
                faults.add("%s has no operationId for %s %s: give it one.".formatted(file, method, path));
            } else if (!ids.add(id)) {
                faults.add("%s has the operationId %s twice: give %s %s another.".formatted(file, id, method, path));
            }
        });
        for (JsonNode node : root.findParents("$ref")) {
            if (node.path("$ref").isTextual() && resolve(node).isMissingNode()) {
                faults.add("%s refers to %s, which is not in it: mend the reference, or add what it means."
                        .formatted(file, node.path("$ref").asText()));
            }
        }
        return faults.stream().distinct().toList();
    }

    /** All operations by their ids, each with what it has of its path and of the whole document. */
    Map<String, ObjectNode> operations() {
        Map<String, ObjectNode> operations = new TreeMap<>();
        eachOperation((path, method, written) -> {
            ObjectNode operation = whole(root.path("paths").path(path), written);
            operation.put("path", path).put("method", method);
            operations.put(operation.path("operationId").asText(), operation);
        });
        return operations;
    }

    private interface OperationReader {
        void read(String path, String method, JsonNode operation);
    }

    private void eachOperation(OperationReader reader) {
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
                if (METHODS.contains(member.getKey())) {
                    reader.read(path.getKey(), member.getKey(), member.getValue());
                }
            }
        }
    }

    private ObjectNode whole(JsonNode path, JsonNode written) {
        ObjectNode operation = written.deepCopy();
        ArrayNode parameters = JsonNodeFactory.instance.arrayNode();
        path.path("parameters").forEach(parameters::add);
        written.path("parameters").forEach(parameters::add);
        operation.set("parameters", parameters);
        JsonNode security = written.has("security") ? written.path("security") : root.path("security");
        operation.set("security", security.deepCopy());
        operation.set("servers", serversOf(path, written).deepCopy());
        ObjectNode schemes = operation.putObject("securitySchemes");
        security.forEach(either -> either.fieldNames()
                .forEachRemaining(name -> schemes.set(name, root.at("/components/securitySchemes/" + name))));
        return operation;
    }

    private JsonNode serversOf(JsonNode path, JsonNode operation) {
        if (operation.has("servers")) {
            return operation.path("servers");
        }
        return (path.has("servers") ? path : root).path("servers");
    }

    /** Nothing, where a reference leads nowhere, or in a circle. */
    JsonNode resolve(JsonNode written) {
        JsonNode node = written;
        for (Set<String> seen = new HashSet<>(); node.path("$ref").isTextual(); ) {
            String reference = node.path("$ref").asText();
            if (!reference.startsWith("#/") || !seen.add(reference)) {
                return MissingNode.getInstance();
            }
            node = root.at(reference.substring(1));
        }
        return node;
    }

    /** The name of the component that is referred to, or nothing. */
    static String nameOf(JsonNode written) {
        String reference = written.path("$ref").asText();
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    /** The parameters of an operation by where they are and what they are called. */
    Map<String, JsonNode> parameters(JsonNode operation) {
        Map<String, JsonNode> parameters = new TreeMap<>();
        operation.path("parameters").forEach(written -> {
            JsonNode parameter = resolve(written);
            parameters.put(
                    parameter.path("in").asText() + " " + parameter.path("name").asText(), written);
        });
        return parameters;
    }

    JsonNode parameter(JsonNode operation, String inAndName) {
        JsonNode parameter = parameters(operation).get(inAndName);
        return parameter == null ? MissingNode.getInstance() : parameter;
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
            parts.put(node.path("$ref").asText(), part);
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
