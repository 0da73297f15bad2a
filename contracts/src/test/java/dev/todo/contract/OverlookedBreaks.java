package dev.todo.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What breaks clients, on the wire or where they are compiled against what is generated, and openapi-diff lets pass. */
final class OverlookedBreaks {
    private final Breaks breaks = new Breaks();

    private OverlookedBreaks() {}

    static Breaks between(Document released, Document present) {
        OverlookedBreaks found = new OverlookedBreaks();
        Map<String, ? extends JsonNode> now = present.operations();
        released.operations().forEach((id, before) -> {
            if (now.containsKey(id)) {
                found.compareOperations(id, Place.of(released, present, id, before, now.get(id)));
            } else {
                found.breaks.add(id, id, "is gone");
            }
        });
        Set<String> kept = names(present.root().at("/components/schemas"));
        names(released.root().at("/components/schemas")).stream()
                .filter(name -> !kept.contains(name))
                .forEach(name -> found.breaks.add(name, name, "is gone from the schemas"));
        return found.breaks;
    }

    private void compareOperations(String id, Place operation) {
        for (String keyword : Set.of("tags", "security", "path", "method")) {
            if (operation.differsIn(keyword)) {
                breaks.add(id, id, operation.change(keyword));
            }
        }
        compareServers(id, operation);
        SchemaBreaks taken = new SchemaBreaks(id, SchemaBreaks.Direction.TAKEN, breaks);
        SchemaBreaks sent = new SchemaBreaks(id, SchemaBreaks.Direction.SENT, breaks);
        operation.released().parameters(operation.before()).keySet().forEach(name -> {
            Place parameter = operation.parameter(name);
            taken.compare(parameter.inside("", "schema"));
            compareContents(parameter, taken);
        });
        compareContents(operation.inside(" body", "requestBody"), taken);
        names(operation.after().path("responses")).forEach(status -> {
            Place answer = operation.inside(" " + status, "responses", status);
            if (answer.before().isMissingNode() && (status.startsWith("2") || status.startsWith("3"))) {
                breaks.add(id, id, "may answer " + status);
            }
            if (answer.isInBoth()
                    && answer.before().path("content").isEmpty()
                    && !answer.after().path("content").isEmpty()) {
                breaks.add(id, answer.name(), "has a body");
            }
            names(answer.before().path("headers"))
                    .forEach(header -> sent.compare(
                            answer.inside("/" + header, "headers", header).inside("", "schema")));
            compareContents(answer, sent);
        });
    }

    /** One more is no break where those that were there are still the first: generated clients take them by number. */
    private void compareServers(String id, Place operation) {
        JsonNode after = Document.withoutWords(operation.after().path("servers"));
        int index = 0;
        for (JsonNode server : Document.withoutWords(operation.before().path("servers"))) {
            if (!server.equals(after.path(index++))) {
                breaks.add(id, "servers:", "there is no more " + server.path("url"));
            }
        }
    }

    private static void compareContents(Place place, SchemaBreaks schemas) {
        names(place.before().path("content"))
                .forEach(type -> schemas.compare(place.inside("", "content", type, "schema")));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
