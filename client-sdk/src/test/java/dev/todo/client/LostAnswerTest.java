package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes whose answers are lost: done once, whatever happens. */
class LostAnswerTest extends FaultTest {
    private static final Behaviour LOST = Behaviour.reset("HTTP/1.1 200 OK\r\n");
    private static final TaskDraft RENT = TaskDraft.titled("Pay the rent — ½");

    @Test
    void aCreationIsRepeatedWithTheSameKeyAndTheSameBytes() {
        server.script(
                LOST,
                Behaviour.problem(503, "unavailable"),
                Behaviour.reply(201, "application/json", task(7), "Idempotency-Replayed: true"));

        Answer<Task> answer = todo.answer(client -> client.tasks().create(RENT));

        assertThat(answer.replayed()).isTrue();
        assertThat(server.requests()).hasSize(3);
        assertThat(server.requests()).allSatisfy(request -> {
            assertThat(request.text()).isEqualTo("{\"title\":\"Pay the rent — ½\"}");
            assertThat(request.header("Idempotency-Key"))
                    .hasSize(36)
                    .isEqualTo(server.requests().get(0).header("Idempotency-Key"));
        });
    }

    @Test
    void anImportIsRepeatedFromItsBeginning(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("tasks.jsonl"), "{\"title\":\"½\"}\n".repeat(1000));
        server.script(LOST, Behaviour.json("{\"imported\": 1000, \"failed\": 0, \"errors\": []}"));

        todo.tasks().importFrom(file, TaskFormat.JSON_LINES);

        assertThat(server.requests()).hasSize(2).allSatisfy(request -> {
            assertThat(request.text()).isEqualTo(Files.readString(file));
            assertThat(request.header("Idempotency-Key"))
                    .isNotNull()
                    .isEqualTo(server.requests().get(0).header("Idempotency-Key"));
        });
    }

    @Test
    void eachCallHasAKeyOfItsOwn() {
        server.always(Behaviour.reply(201, "application/json", task(7)));

        for (int i = 0; i < 5; i++) {
            todo.tasks().create(RENT);
        }

        assertThat(server.requests().stream().map(request -> request.header("Idempotency-Key")))
                .doesNotContainNull()
                .doesNotHaveDuplicates();
    }

    @Test
    void aKeyMayBeGiven() {
        server.script(LOST, Behaviour.reply(201, "application/json", task(7)));

        todo.with(CallOptions.defaults().idempotencyKey("rent-of-may")).tasks().create(RENT);

        assertThat(server.requests().stream().map(request -> request.header("Idempotency-Key")))
                .containsExactly("rent-of-may", "rent-of-may");
        for (String bad : List.of("", " ", "a b", "ü", "a\r\nX: y", "a".repeat(256))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CallOptions.defaults().idempotencyKey(bad));
        }
    }

    @Test
    void aKeyInUseIsWaitedFor() {
        server.script(
                Behaviour.problem(409, "idempotency-key-in-use", "Retry-After: 0"),
                Behaviour.reply(201, "application/json", task(7)));

        assertThat(todo.tasks().create(RENT).id()).isEqualTo(7);
        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().get(1).header("Idempotency-Key"))
                .isEqualTo(server.requests().get(0).header("Idempotency-Key"));
    }

    static Stream<Consumer<TodoClient>> withoutKey() {
        return Stream.of(
                client -> client.account().register("a@example.com", "password", null),
                client -> client.account().changePassword("old password", "new password"),
                client -> client.account().logOut(),
                client -> client.account().logOutEverywhere(),
                client -> client.account().delete("password"));
    }

    @ParameterizedTest
    @MethodSource("withoutKey")
    void whatHasNoKeyIsNotRepeatedAfterALostAnswer(Consumer<TodoClient> call) {
        server.script(LOST);

        assertThatThrownBy(() -> call.accept(todo))
                .isInstanceOfSatisfying(
                        ConnectionException.class,
                        failed -> assertThat(failed.outcomeUnknown()).isTrue());
        assertThat(server.requests()).hasSize(1);
        assertThat(server.requests().get(0).header("Idempotency-Key")).isNull();
    }

    @Test
    void loggingInIsRepeatedSinceTheWorstIsASessionThatNobodyUses() {
        server.script(LOST, Behaviour.json(signedIn("a1", "r1", 900)));

        assertThat(todo.account().logIn("a@example.com", "password").refreshToken())
                .isEqualTo("r1");
        assertThat(server.requests()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("withoutKey")
    void whatHasNoKeyIsNotRepeatedAfter503(Consumer<TodoClient> call) {
        server.script(Behaviour.problem(503, "unavailable"));

        assertThatThrownBy(() -> call.accept(todo))
                .isInstanceOfSatisfying(
                        ServerException.class,
                        failed -> assertThat(failed.outcomeUnknown()).isTrue());
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("withoutKey")
    void whatHasNoKeyIsRepeatedAfter429(Consumer<TodoClient> call) {
        server.script(Behaviour.problem(429, "rate-limited"), Behaviour.problem(422, "invalid"));

        assertThatThrownBy(() -> call.accept(todo)).isInstanceOf(InvalidContentException.class);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aDeletionThatFindsNothingAfterALostAnswerIsDone() {
        server.script(LOST, Behaviour.problem(404, "not-found"));

        todo.tasks().delete(7);

        assertThat(server.lines()).containsExactly("DELETE /api/me/tasks/7", "DELETE /api/me/tasks/7");
    }

    @Test
    void aDeletionThatFindsNothingAtOnceIsRefused() {
        server.script(Behaviour.problem(429, "rate-limited"), Behaviour.problem(404, "not-found"));

        assertThatThrownBy(() -> todo.tasks().delete(7)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aChangeThatIsOvertakenAfterALostAnswerSaysThatNobodyKnows() {
        server.script(Behaviour.json(task(7)), LOST, Behaviour.problem(412, "precondition-failed"));
        Task task = todo.tasks().get(7);

        assertThatThrownBy(() -> todo.tasks().update(task, TaskPatch.change().completed(true)))
                .isInstanceOfSatisfying(PreconditionFailedException.class, overtaken -> {
                    assertThat(overtaken.outcomeUnknown()).isTrue();
                    assertThat(overtaken).hasMessageContaining("may have been carried out");
                });
        assertThat(server.requests().get(1).header("If-Match")).isEqualTo("\"1\"");
    }

    @Test
    void modifyDoesNotChangeTwice() {
        server.script(
                Behaviour.json(task(7, "1", 1, "")),
                LOST,
                Behaviour.problem(412, "precondition-failed"),
                Behaviour.json(task(7, "2", 2, "")));

        Task changed = todo.tasks().modify(7, LostAnswerTest::counted);

        assertThat(changed.title()).isEqualTo("2");
        assertThat(server.lines().stream().map(line -> line.split(" ", 2)[0]))
                .containsExactly("GET", "PATCH", "PATCH", "GET");
    }

    @Test
    void modifySaysSoWhenItCannotKnowWhetherItHasChanged() {
        server.script(
                Behaviour.json(task(7, "1", 1, "")),
                LOST,
                Behaviour.problem(412, "precondition-failed"),
                Behaviour.json(task(7, "5", 3, "")));

        assertThatThrownBy(() -> todo.tasks().modify(7, LostAnswerTest::counted))
                .isInstanceOfSatisfying(
                        PreconditionFailedException.class,
                        overtaken -> assertThat(overtaken.outcomeUnknown()).isTrue());
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void modifyLooksAgainWhenItIsOvertaken() {
        server.script(
                Behaviour.json(task(7, "1", 1, "")),
                Behaviour.problem(412, "precondition-failed"),
                Behaviour.json(task(7, "5", 4, "")),
                Behaviour.json(task(7, "6", 5, "")));
        List<String> seen = new ArrayList<>();

        Task changed = todo.tasks().modify(7, task -> {
            seen.add(task.title());
            return counted(task);
        });

        assertThat(changed.title()).isEqualTo("6");
        assertThat(seen).containsExactly("1", "5");
        assertThat(server.requests().get(3).text()).isEqualTo("{\"title\":\"6\"}");
        assertThat(server.requests().get(3).header("If-Match")).isEqualTo("\"4\"");
    }

    @Test
    void modifyGivesUpAfterManyRounds() {
        server.otherwise(request -> request.method().equals("GET")
                ? Behaviour.json(task(7, "1", 1, ""))
                : Behaviour.problem(412, "precondition-failed"));

        assertThatThrownBy(() -> todo.tasks().modify(7, LostAnswerTest::counted))
                .isInstanceOf(PreconditionFailedException.class);
        assertThat(server.requests().size()).isEqualTo(200);
    }

    @Test
    void modifySendsNothingWhereNothingChanges() {
        server.script(Behaviour.json(task(7)));

        assertThat(todo.tasks().modify(7, task -> TaskPatch.change()).id()).isEqualTo(7);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void modifyFailsWithWhatTheFunctionThrows() {
        server.script(Behaviour.json(task(7)));

        assertThatThrownBy(() -> todo.tasks().modify(7, task -> {
                    throw new IllegalStateException("not this one");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("not this one");
    }

    private static TaskPatch counted(Task task) {
        return TaskPatch.change().title(Integer.toString(Integer.parseInt(task.title()) + 1));
    }
}
