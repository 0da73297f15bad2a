package dev.todo.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A document that was released once, and is changed in memory by JSON merge patches: no release makes it another. */
final class Fixture {
    static final Document RELEASED = read("src/test/resources/released.yaml");
    static final String NEXT_MINOR = "1.1.0";
    static final String NEXT_MAJOR = "2.0.0";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TASKS = "/paths/~1api~1{user_id}~1tasks";

    private Fixture() {}

    static Document changed(String where, String patch) throws IOException {
        JsonNode root = RELEASED.root().deepCopy();
        JsonNode target =
                root.at(where.replace("/paths/{tasks}", TASKS).replace("/paths/{task}", TASKS + "~1{task_id}"));
        assertThat(target.isObject()).as(where).isTrue();
        merge((ObjectNode) target, JSON.readTree(patch));
        assertThat(root).isNotEqualTo(RELEASED.root());
        return new Document(root);
    }

    static Document withVersion(Document document, String version) {
        ObjectNode root = document.root().deepCopy();
        ((ObjectNode) root.path("info")).put("version", version);
        return new Document(root);
    }

    static List<String> complaints(Document present, Set<String> named) {
        return new ReleaseGate(RELEASED, present, new Changelog(named)).complaints();
    }

    /** So that nothing is missing in the changelog. */
    static Set<String> allOperations(Document present) {
        Set<String> all = new HashSet<>(RELEASED.operations().keySet());
        all.addAll(present.operations().keySet());
        return all;
    }

    /** RFC 7396. */
    private static void merge(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(member -> {
            if (member.getValue().isNull()) {
                target.remove(member.getKey());
            } else if (member.getValue().isObject()
                    && target.path(member.getKey()).isObject()) {
                merge((ObjectNode) target.path(member.getKey()), member.getValue());
            } else {
                target.set(member.getKey(), member.getValue());
            }
        });
    }

    static Document read(String file) {
        try {
            return Document.read(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
