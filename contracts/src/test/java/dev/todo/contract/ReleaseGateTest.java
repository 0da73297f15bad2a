package dev.todo.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The contract of this build breaks no client of the last release, and the changelog says what is new in it. Whether
 * that would be noticed is tried on the released document, changed in memory by JSON merge patches.
 */
class ReleaseGateTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Document RELEASED = read("released/todo-api.yaml");
    private static final String NEXT_MINOR = RELEASED.majorVersion() + ".999.0";
    private static final String NEXT_MAJOR = RELEASED.majorVersion() + 1 + ".0.0";
    private static final String TASKS = "/paths/~1api~1{user_id}~1tasks";

    @Test
    void nothingChangesUnnoticed() throws IOException {
        Changelog changelog = Changelog.of(Files.readString(Path.of("../CHANGELOG.md")));

        assertThat(new ReleaseGate(RELEASED, read("todo-api.yaml"), changelog).complaints())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            an operation removed                   | /paths/{tasks}                              | {"post": null}
            an operation named anew                | /paths/{tasks}/post                         | {"operationId": "makeTask"}
            an operation under another tag         | /paths/{tasks}/post                         | {"tags": ["Bulk"]}
            a field of answers removed             | /components/schemas/Task                    | {"properties": {"version": null}, "required": ["id"]}
            a field of part of an answer removed   | /components/schemas/TagUse                  | {"properties": {"tasks": null}, "required": ["name"]}
            an optional field of answers removed   | /components/schemas/Problem                 | {"properties": {"errors": null}}
            a field that answers may leave out     | /components/schemas/Health                  | {"required": []}
            a field that may be null in answers    | /components/schemas/Account                 | {"properties": {"created_at": {"nullable": true}}}
            an enumeration of answers narrowed     | /components/schemas/ProblemCode             | {"enum": ["not-found"]}
            an answer's field of another type      | /components/schemas/Task                    | {"properties": {"completed": {"type": "string"}}}
            an answer's field of another format    | /components/schemas/Task                    | {"properties": {"created_at": {"format": "date"}}}
            items of another type                  | /components/schemas/Task                    | {"properties": {"tags": {"items": {"$ref": "#/components/schemas/TaskId"}}}}
            an exported line without a field       | /components/schemas/ExportedLines           | {"x-line-schema": {"$ref": "#/components/schemas/TaskImport"}}
            another status of success              | /paths/{tasks}/post/responses               | {"201": null, "200": {"$ref": "#/components/responses/NotFound"}}
            one more status of success             | /paths/{tasks}/post/responses               | {"202": {"$ref": "#/components/responses/NotFound"}}
            another content type of answers        | /paths/~1health/get/responses/200/content   | {"application/json": null, "text/plain": {"schema": {"$ref": "#/components/schemas/Health"}}}
            a header of answers removed            | /paths/{tasks}/post/responses/201/headers   | {"ETag": null}
            a header that answers may leave out    | /components/headers/ETag                    | {"required": false}
            a header of another type               | /components/headers/Retry-After             | {"schema": {"type": "string"}}
            a field of requests removed            | /components/schemas/TaskCreate              | {"properties": {"priority": null}}
            a new required field                   | /components/schemas/TaskCreate              | {"properties": {"colour": {"type": "string"}}, "required": ["title", "colour"]}
            a field that is required now           | /components/schemas/TaskCreate              | {"required": ["title", "priority"]}
            a field of a part that is required now | /components/schemas/TaskReminderDraft       | {"required": ["remind_at"]}
            a field that must not be null any more | /components/schemas/MinutesBefore           | {"nullable": null}
            a request's field of another type      | /components/schemas/TaskCreate              | {"properties": {"completed": {"type": "integer"}}}
            an enumeration of requests narrowed    | /components/schemas/OnError                 | {"enum": ["abort"]}
            an enumeration of both narrowed        | /components/schemas/TaskPriority            | {"enum": ["none", "low", "medium", "high"]}
            an enumeration of items narrowed       | /components/schemas/TaskSort                | {"enum": ["created_at"]}
            a tighter maxLength                    | /components/schemas/NewPassword             | {"maxLength": 64}
            a tighter minLength                    | /components/schemas/NewPassword             | {"minLength": 12}
            a tighter pattern                      | /components/schemas/IdempotencyKey          | {"pattern": "^[a-z]+$"}
            a new pattern                          | /components/schemas/DueDate                 | {"pattern": "^2.+$"}
            a tighter maximum                      | /components/parameters/Limit                | {"schema": {"maximum": 100}}
            a tighter minimum                      | /components/parameters/Limit                | {"schema": {"minimum": 10}}
            a tighter maxItems                     | /components/schemas/TaskIds                 | {"maxItems": 50}
            a tighter minItems                     | /components/schemas/TaskIds                 | {"minItems": 2}
            items that must differ                 | /components/schemas/TaskCreate              | {"properties": {"tags": {"uniqueItems": true}}}
            fields of which some must be there     | /components/schemas/TaskPatch               | {"minProperties": 1}
            another default                        | /components/parameters/Limit                | {"schema": {"default": 20}}
            a line of a file that needs a field    | /components/schemas/TaskImport              | {"required": ["title", "priority"]}
            a line of a file without a field       | /components/schemas/TaskImport              | {"properties": {"completed_at": null}}
            a new body                             | /paths/~1api~1auth~1logout/post             | {"requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/LogIn"}}}}}
            a body removed                         | /paths/{tasks}/post                         | {"requestBody": null}
            a content type of requests removed     | /paths/{task}/patch/requestBody/content     | {"application/json": null}
            a parameter removed                    | /paths/{tasks}/post                         | {"parameters": []}
            a new required parameter               | /paths/{tasks}/post                         | {"parameters": [{"$ref": "#/components/parameters/IdempotencyKey"}, {"in": "query", "name": "colour", "required": true, "schema": {"type": "string"}}]}
            a parameter that is required now       | /components/parameters/OnError              | {"required": true}
            a parameter in another place           | /components/parameters/OnError              | {"in": "header"}
            a parameter in another style           | /components/parameters/Sort                 | {"explode": true}
            a parameter of another type            | /components/schemas/Cursor                  | {"type": "integer"}
            security removed                       | /paths/{tasks}/get                          | {"security": []}
            security added                         | /paths/~1health/get                         | {"security": null}
            security removed everywhere            | ``                                          | {"security": null}
            another scheme of security             | /components/securitySchemes/bearer          | {"scheme": "basic"}
            a schema removed                       | /components/schemas                         | {"HealthStatus": null, "Health": {"properties": {"status": {"$ref": null, "type": "string", "enum": ["healthy"]}}}}
            """)
    void aBreakNeedsANewMajorVersion(String change, String where, String patch) throws IOException {
        Document changed = withVersion(changed(where, patch), NEXT_MINOR);

        assertThatGate(changed, allOperations(changed))
                .as(change)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("Clients of %s break: take this back, or make info.version %s.\n  "
                        .formatted(RELEASED.version(), NEXT_MAJOR));
    }

    @Test
    void aNewMajorVersionMayBreak() throws IOException {
        Document changed = withVersion(changed("/paths/{tasks}", "{\"post\": null}"), NEXT_MAJOR);

        assertThatGate(changed, Set.of("createTask")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a new operation                   | /paths                            | {"/api/colours": {"get": {"operationId": "listColours", "responses": {"200": {"description": "All."}}}}}
            a deprecated operation            | /paths/{tasks}/post               | {"deprecated": true}
            a new field of answers            | /components/schemas/TagUse        | {"properties": {"colour": {"type": "string"}}, "required": ["name", "tasks", "colour"]}
            a new value in answers            | /components/schemas/HealthStatus  | {"enum": ["healthy", "tired"]}
            a new value in both               | /components/schemas/TaskPriority  | {"enum": ["none", "low", "medium", "high", "urgent", "later"]}
            a new value in requests           | /components/schemas/OnError       | {"enum": ["abort", "skip", "ask"]}
            a new optional field of requests  | /components/schemas/TaskCreate    | {"properties": {"colour": {"type": "string"}}}
            a field that is optional now      | /components/schemas/TaskCreate    | {"required": []}
            a new optional field of lines     | /components/schemas/TaskImport    | {"properties": {"colour": {"type": "string"}}}
            a new optional parameter          | /paths/{tasks}/post               | {"parameters": [{"$ref": "#/components/parameters/IdempotencyKey"}, {"$ref": "#/components/parameters/OnError"}]}
            a new header of answers           | /paths/{tasks}/post/responses/201 | {"headers": {"X-Colour": {"required": true, "schema": {"type": "string"}}}}
            a new refusal                     | /paths/{tasks}/get/responses      | {"404": {"$ref": "#/components/responses/NotFound"}}
            a looser maxLength                | /components/schemas/NewPassword   | {"maxLength": 256}
            a looser maximum                  | /components/parameters/Limit      | {"schema": {"maximum": 500}}
            null where it was refused         | /components/schemas/SearchWords   | {"nullable": true}
            a field that is never null now    | /components/schemas/TaskStats     | {"properties": {"completion_rate": {"nullable": false}}}
            """)
    void growthNeedsNoNewMajorVersion(String change, String where, String patch) throws IOException {
        Document changed = withVersion(changed(where, patch), NEXT_MINOR);

        assertThatGate(changed, allOperations(changed)).as(change).isEmpty();
    }

    @Test
    void noChangeWithoutAHigherVersion() throws IOException {
        Document changed = changed("/info", "{\"title\": \"Another API\"}");

        for (String version : List.of(RELEASED.version(), "0.0.9")) {
            assertThatGate(withVersion(changed, version), Set.of())
                    .containsExactly(
                            ("The contract is not the one that was released as %s: give it a higher info.version,"
                                            + " and the poms the same.")
                                    .formatted(RELEASED.version()));
        }
    }

    @Test
    void whatIsChangedIsNamedInTheChangelog() throws IOException {
        Document changed = withVersion(changed("/paths/{tasks}/post", "{\"deprecated\": true}"), NEXT_MINOR);

        assertThatGate(changed, Set.of())
                .containsExactly(
                        ("CHANGELOG.md says nothing of changes since %s: name in Unreleased, API, these operations"
                                        + " or, where only a component has changed that they share, that one: createTask.")
                                .formatted(RELEASED.version()));
        assertThatGate(changed, Set.of("createTask")).isEmpty();
    }

    @Test
    void whatManyOperationsShareIsNamedOnce() throws IOException {
        Document changed = withVersion(
                changed("/components/schemas/OnError", "{\"enum\": [\"abort\", \"skip\", \"ask\"]}"), NEXT_MINOR);

        assertThatGate(changed, Set.of()).first().asString().endsWith(": importTasks.");
        assertThatGate(changed, Set.of("importTasks")).isEmpty();
        assertThatGate(changed, Set.of("OnError")).isEmpty();
    }

    @Test
    void otherWordsAreNoChangeOfAnOperation() throws IOException {
        Document changed =
                changed("/paths/{tasks}/post", "{\"summary\": \"Make a task\", \"description\": \"Makes one.\"}");

        assertThatGate(withVersion(changed, NEXT_MINOR), Set.of()).isEmpty();
        assertThatGate(changed, Set.of()).hasSize(1);
    }

    @Test
    void theChangelogNamesNoOperationThatIsNone() {
        Changelog changelog = Changelog.of("""
                # Changelog

                ## Unreleased

                ### API

                - `createTask` takes `due_date`, and answers `too-many-tasks`; `makeTask` does,
                  too.

                ### Server

                - `sweepTasks` runs at night.

                ## 0.1.0

                ### API

                - `eraseTask`.
                """);

        assertThat(new ReleaseGate(RELEASED, RELEASED, changelog).complaints())
                .containsExactly("CHANGELOG.md names in Unreleased, API, what is no operation: mend makeTask.");
    }

    private static ListAssert<String> assertThatGate(Document present, Set<String> named) {
        return assertThat(new ReleaseGate(RELEASED, present, new Changelog(named)).complaints());
    }

    /** So that nothing is missing in the changelog. */
    private static Set<String> allOperations(Document present) {
        Set<String> all = new HashSet<>(RELEASED.operations().keySet());
        all.addAll(present.operations().keySet());
        return all;
    }

    private static Document changed(String where, String patch) throws IOException {
        JsonNode root = RELEASED.root().deepCopy();
        JsonNode target =
                root.at(where.replace("/paths/{tasks}", TASKS).replace("/paths/{task}", TASKS + "~1{task_id}"));
        assertThat(target.isObject()).as(where).isTrue();
        merge((ObjectNode) target, JSON.readTree(patch));
        assertThat(root).isNotEqualTo(RELEASED.root());
        return new Document(root);
    }

    private static Document withVersion(Document document, String version) throws IOException {
        ObjectNode root = document.root().deepCopy();
        merge(root, JSON.readTree("{\"info\": {\"version\": \"" + version + "\"}}"));
        return new Document(root);
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

    private static Document read(String file) {
        try {
            return Document.read(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
