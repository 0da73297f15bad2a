package dev.todo.contract;

import static dev.todo.contract.Fixture.NEXT_MINOR;
import static dev.todo.contract.Fixture.RELEASED;
import static dev.todo.contract.Fixture.allOperations;
import static dev.todo.contract.Fixture.changed;
import static dev.todo.contract.Fixture.complaints;
import static dev.todo.contract.Fixture.withVersion;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of this build breaks no client of the last release, and the changelog says what is new in it. */
class ReleaseGateTest {
    @Test
    void nothingChangesUnnoticed() throws IOException {
        Document released = Fixture.read("released/todo-api.yaml");
        Changelog changelog = Changelog.of(Files.readString(Path.of("../CHANGELOG.md")));

        assertThat(new ReleaseGate(released, Fixture.read("todo-api.yaml"), changelog).complaints())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "0.9.9"})
    void noChangeWithoutAHigherVersion(String version) throws IOException {
        Document changed = changed("/info", "{\"title\": \"Another API\"}");

        assertThat(complaints(withVersion(changed, version), Set.of()))
                .containsExactly("The contract is not the one that was released as 1.0.0: give it a higher"
                        + " info.version, and the poms the same.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.2.0-SNAPSHOT",
                "v0.2.0",
                "0.2.0-rc.1",
                "",
                "99999999999.0.0",
                "0.2",
                "2",
                "0.1.0.1",
                "-1.0.0",
                "1.02.0",
                "1.1.0 "
            })
    void aVersionIsThreeNumbers(String version) {
        assertThat(complaints(withVersion(RELEASED, version), Set.of()))
                .containsExactly(
                        "info.version of contracts/todo-api.yaml is \"%s\": write three numbers and nothing else, like 0.2.0."
                                .formatted(version));
    }

    @Test
    void thereIsAVersion() throws IOException {
        Document changed = changed("/info", "{\"version\": null}");

        assertThat(complaints(changed, Set.of())).singleElement().asString().endsWith("like 0.2.0.");
        assertThat(new ReleaseGate(changed, RELEASED, new Changelog(Set.of())).complaints())
                .singleElement()
                .asString()
                .startsWith("info.version of contracts/released/todo-api.yaml is \"\": ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#/components/schemas/Nobody",
                "#/nowhere",
                "#",
                "other.yaml#/Task",
                "https://todo.example/a.yaml"
            })
    void aReferenceLeadsSomewhere(String reference) throws IOException {
        Document changed = changed("/components/schemas/TagUse/properties/name", "{\"$ref\": \"" + reference + "\"}");

        assertThat(complaints(withVersion(changed, NEXT_MINOR), allOperations(changed)))
                .containsExactly(
                        "contracts/todo-api.yaml refers to %s, which is not in it: mend the reference, or add what it means."
                                .formatted(reference));
    }

    @Test
    void aReferenceDoesNotGoInCircles() throws IOException {
        Document changed = changed("/components/schemas", """
                {"Health": {"$ref": "#/components/schemas/Hen"}, "Hen": {"$ref": "#/components/schemas/Health"}}""");

        assertThat(complaints(withVersion(changed, NEXT_MINOR), allOperations(changed)))
                .allMatch(
                        complaint -> complaint.startsWith("contracts/todo-api.yaml refers to #/components/schemas/He"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"paths", "components"})
    void aDocumentIsWhole(String part) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.set("info", RELEASED.root().path("info"));
        root.putObject(part);

        assertThat(complaints(new Document(root), Set.of()))
                .containsExactly("contracts/todo-api.yaml has no %s: write them, or take the file back."
                        .formatted(part.equals("paths") ? "components" : "paths"));
    }

    @Test
    void anOperationHasANameOfItsOwn() throws IOException {
        assertThat(complaints(changed("/paths/{tasks}/post", "{\"operationId\": null}"), Set.of()))
                .containsExactly(
                        "contracts/todo-api.yaml has no operationId for post /api/{user_id}/tasks: give it one.");
        assertThat(complaints(changed("/paths/{tasks}/post", "{\"operationId\": \"listTasks\"}"), Set.of()))
                .containsExactly("contracts/todo-api.yaml has the operationId listTasks twice: give post"
                        + " /api/{user_id}/tasks another.");
    }

    @Test
    void anEmptyDocumentIsNone() {
        assertThat(complaints(new Document(JsonNodeFactory.instance.missingNode()), Set.of()))
                .hasSize(3);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /components/schemas/NewPassword   | {"maxLength": 64} | NewPassword has maxLength 64 instead of 128 (register)
            /components/schemas/TaskTag       | {"maxLength": 5} | TaskTag has maxLength 5 instead of 50 (completeTasks and 4 more operations)
            /components/schemas/OnError       | {"enum": ["abort"]} | OnError is never "skip" (importTasks)
            /components/schemas/Task          | {"properties": {"completed": {"type": "string"}}} | Task/completed has type "string" instead of "boolean" (createTask and 4 more operations)
            /components/schemas/Problem       | {"properties": {"title": {"maxLength": 1000}}} | Problem/title has maxLength 1000 instead of 100 (completeTasks and 12 more operations)
            /components/parameters/Limit      | {"schema": {"maximum": 100}} | Limit has maximum 100 instead of 200 (listTags and 1 more operation)
            /components/parameters/OnError    | {"required": true} | OnError is required now (importTasks)
            /components/parameters/Sort       | {"explode": true} | Sort has explode true instead of false (listTasks)
            /components/headers/ETag          | {"required": false} | ETag is not required now (createTask and 2 more operations)
            /paths/{tasks}/post               | {"parameters": []} | createTask takes no header Idempotency-Key any more
            /paths/{tasks}/post               | {"requestBody": null} | createTask body is not taken any more
            /paths/~1api~1auth~1logout/post   | {"requestBody": {"required": true, "content": {"text/plain": {"schema": {"type": "string"}}}}} | logOut body is needed
            /paths/{tasks}/post/responses     | {"201": null} | createTask never answers 201
            /paths/{tasks}/get                | {"security": []} | listTasks has security [] instead of [{"bearer":[]}]
            /paths/~1health/get/responses/200 | {"content": {"application/json": null, "text/plain": {"schema": {"type": "string"}}}} | getHealth 200 is never application/json
            ``                                | {"servers": [{"url": "/v2"}]} | servers: there is no more "/" (completeTasks and 14 more operations)
            """)
    void aBreakSaysWhatAndWhere(String where, String patch, String sentence) throws IOException {
        Document changed = withVersion(changed(where, patch), NEXT_MINOR);

        assertThat(complaints(changed, allOperations(changed)))
                .containsExactly("Clients of 1.0.0 break: take this back, or make info.version 2.0.0.\n  " + sentence);
    }

    @Test
    void aPathKeepsTheNamesOfItsParameters() throws IOException {
        ObjectNode root = changed("/components/parameters/TaskId", "{\"name\": \"id\"}")
                .root()
                .deepCopy();
        ObjectNode paths = (ObjectNode) root.path("paths");
        paths.set("/api/{user_id}/tasks/{id}", paths.remove("/api/{user_id}/tasks/{task_id}"));
        Document changed = withVersion(new Document(root), NEXT_MINOR);

        assertThat(complaints(changed, allOperations(changed)))
                .singleElement()
                .asString()
                .contains(
                        "\n  getTask has path \"/api/{user_id}/tasks/{id}\" instead of \"/api/{user_id}/tasks/{task_id}\"");
    }

    @Test
    void whatIsChangedIsNamedInTheChangelog() throws IOException {
        Document changed = withVersion(changed("/paths/{tasks}/post", "{\"deprecated\": true}"), NEXT_MINOR);

        assertThat(complaints(changed, Set.of()))
                .containsExactly("CHANGELOG.md says nothing of changes since 1.0.0: name in Unreleased, API, these"
                        + " operations or, where only a component has changed that they share, that one: createTask.");
        assertThat(complaints(changed, Set.of("createTask"))).isEmpty();
    }

    @Test
    void whatManyOperationsShareIsNamedOnce() throws IOException {
        Document changed = withVersion(
                changed("/components/schemas/OnError", "{\"enum\": [\"abort\", \"skip\", \"ask\"]}"), NEXT_MINOR);

        assertThat(complaints(changed, Set.of())).first().asString().endsWith(": importTasks.");
        assertThat(complaints(changed, Set.of("importTasks"))).isEmpty();
        assertThat(complaints(changed, Set.of("OnError"))).isEmpty();
    }

    @Test
    void otherWordsAreNoChangeOfAnOperation() throws IOException {
        Document changed =
                changed("/paths/{tasks}/post", "{\"summary\": \"Make a task\", \"description\": \"Makes one.\"}");

        assertThat(complaints(withVersion(changed, NEXT_MINOR), Set.of())).isEmpty();
        assertThat(complaints(changed, Set.of())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"## Unreleased", "## [Unreleased]", "## Unreleased  ", "## [Unreleased]\t"})
    void theChangelogIsReadAsPeopleWriteIt(String heading) {
        Changelog changelog = Changelog.of("""
                # Changelog

                %s

                ### Java client

                - `client`.

                ### API\s\s

                - `createTask` takes `due_date`, and `two words`, and `not closed;
                - `listTasks`/`getTask`, too.

                #### Tags

                - `listTags`.

                ### Server

                - `sweepTasks` runs at night.

                ## [0.1.0] - 2026-01-01

                ### API

                - `eraseTask`.
                """.formatted(heading));

        assertThat(changelog.names())
                .containsExactlyInAnyOrder("createTask", "due_date", "listTasks", "getTask", "listTags");
    }

    @Test
    void theChangelogNamesNoOperationThatIsNone() {
        Changelog changelog = new Changelog(Set.of("createTask", "due_date", "too-many-tasks", "makeTask"));

        assertThat(new ReleaseGate(RELEASED, RELEASED, changelog).complaints())
                .containsExactly("CHANGELOG.md names in Unreleased, API, what is no operation: mend makeTask.");
    }
}
