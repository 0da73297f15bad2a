package dev.todo.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What breaks clients, on the wire or where they are compiled against what is generated, and openapi-diff lets pass. */
final class OverlookedBreaks {
    private final Document released;
    private final Document present;
    private final List<String> breaks = new ArrayList<>();
    private final Set<String> compared = new HashSet<>();

    private enum Direction {
        TAKEN,
        SENT
    }

    private OverlookedBreaks(Document released, Document present) {
        this.released = released;
        this.present = present;
    }

    static List<String> between(Document released, Document present) {
        OverlookedBreaks found = new OverlookedBreaks(released, present);
        Map<String, ? extends JsonNode> now = present.operations();
        released.operations().forEach((id, before) -> {
            if (now.containsKey(id)) {
                found.compareOperations(id, before, now.get(id));
            } else {
                found.breaks.add(id + " is gone");
            }
        });
        names(released.root().at("/components/schemas")).stream()
                .filter(name -> present.root().at("/components/schemas/" + name).isMissingNode())
                .forEach(name -> found.breaks.add("the schema " + name + " is gone"));
        return found.breaks;
    }

    private void compareOperations(String id, JsonNode before, JsonNode after) {
        addIf(!before.path("tags").equals(after.path("tags")), id, "has another tag");
        addIf(!before.path("security").equals(after.path("security")), id, "has another security");
        Map<String, JsonNode> parameters = parameters(released, before);
        parameters(present, after).forEach((name, parameter) -> {
            if (parameters.containsKey(name)) {
                compareSchemas(
                        id + ": " + name,
                        parameters.get(name).path("schema"),
                        parameter.path("schema"),
                        Direction.TAKEN);
            }
        });
        compareContents(
                id + ": its body",
                released.resolve(before.path("requestBody")),
                present.resolve(after.path("requestBody")),
                Direction.TAKEN);
        names(after.path("responses")).forEach(status -> {
            boolean known = before.path("responses").has(status);
            addIf(!known && status.startsWith("2"), id, "may answer " + status);
            compareContents(
                    id + ": " + status,
                    released.resolve(before.path("responses").path(status)),
                    present.resolve(after.path("responses").path(status)),
                    Direction.SENT);
        });
    }

    private static Map<String, JsonNode> parameters(Document document, JsonNode operation) {
        Map<String, JsonNode> parameters = new TreeMap<>();
        operation.path("parameters").forEach(written -> {
            JsonNode parameter = document.resolve(written);
            parameters.put(
                    parameter.path("in").asText() + " " + parameter.path("name").asText(), parameter);
        });
        return parameters;
    }

    private void compareContents(String where, JsonNode before, JsonNode after, Direction direction) {
        names(before.path("content"))
                .forEach(type -> compareSchemas(
                        where,
                        before.path("content").path(type).path("schema"),
                        after.path("content").path(type).path("schema"),
                        direction));
    }

    private void compareSchemas(String where, JsonNode writtenBefore, JsonNode writtenAfter, Direction direction) {
        JsonNode before = released.resolve(writtenBefore);
        JsonNode after = present.resolve(writtenAfter);
        boolean first = !writtenBefore.has("$ref") || compared.add(direction + " " + writtenBefore + writtenAfter);
        if (!first || before.isMissingNode() || after.isMissingNode()) {
            return;
        }
        Stream.of("type", "format")
                .filter(keyword -> !before.path(keyword).equals(after.path(keyword)))
                .forEach(keyword -> breaks.add(where + " has another " + keyword));
        before.path("enum").forEach(value -> addIf(!contains(after.path("enum"), value), where, "is never " + value));
        if (direction == Direction.TAKEN) {
            compareTaken(where, before, after);
        } else {
            compareSent(where, before, after);
        }
        names(before.path("properties")).forEach(field -> {
            addIf(!after.path("properties").has(field), where, "has no " + field);
            compareSchemas(
                    where + "/" + field,
                    before.path("properties").path(field),
                    after.path("properties").path(field),
                    direction);
        });
        compareSchemas(where + "/items", before.path("items"), after.path("items"), direction);
        compareSchemas(where + "/line", before.path("x-line-schema"), after.path("x-line-schema"), direction);
    }

    private void compareTaken(String where, JsonNode before, JsonNode after) {
        addIf(isTrue(before, "nullable") && !isTrue(after, "nullable"), where, "must not be null");
        addIf(!before.path("default").equals(after.path("default")), where, "has another default");
        addIf(after.path("minLength").asInt() > before.path("minLength").asInt(), where, "must be longer");
        after.path("required")
                .forEach(field -> addIf(!contains(before.path("required"), field), where, "needs " + field));
    }

    private void compareSent(String where, JsonNode before, JsonNode after) {
        addIf(isTrue(after, "nullable") && !isTrue(before, "nullable"), where, "may be null");
        before.path("required")
                .forEach(field -> addIf(!contains(after.path("required"), field), where, "may lack " + field));
    }

    private void addIf(boolean broken, String where, String what) {
        if (broken) {
            breaks.add(where + " " + what);
        }
    }

    private static boolean isTrue(JsonNode schema, String keyword) {
        return schema.path(keyword).asBoolean();
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode candidate : values) {
            if (candidate.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
