package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that are newer than this client lose nothing by it. */
class CompatibilityTest extends FaultTest {
    private static final String NEWER = task(7, "Pay the rent", 3, ", \"effort\": 5, \"place\": {\"lat\": 1.5}")
            .replace("\"priority\": \"none\"", "\"priority\": \"cosmic\"")
            .replace("\"recurrence_mode\": \"schedule\"", "\"recurrence_mode\": \"lunar\"")
            .replace("\"tags\": []", "\"tags\": [\"home\"]")
            .replace("\"reminders\": []", "\"reminders\": [{\"minutes_before\": 5, \"remind_at\": null, \"sound\": 1}]")
            .replace("\"due_date\": null", "\"due_date\": \"2026-12-01\"");

    @Test
    void unknownValuesAndFieldsCanBeRead() {
        server.script(Behaviour.json(NEWER));

        Task task = todo.tasks().get(7);

        assertThat(task.priority()).isEqualTo(Priority.of("cosmic")).isNotEqualTo(Priority.HIGH);
        assertThat(task.recurrenceMode()).isEqualTo(RecurrenceMode.of("lunar"));
        assertThat(task.unknown()).isEqualTo(Map.of("effort", 5, "place", Map.of("lat", 1.5)));
    }

    @Test
    void aChangeNamesOnlyWhatWasSet() {
        server.script(Behaviour.json(NEWER), Behaviour.json(NEWER));

        Task task = todo.tasks().modify(7, before -> TaskPatch.change().completed(true));

        assertThat(server.requests().get(1).text()).isEqualTo("{\"completed\":true}");
        assertThat(task.unknown()).containsKey("effort");
    }

    @Test
    void anUnknownValueIsWrittenBackAsItWas() {
        server.script(Behaviour.json(NEWER), Behaviour.json(NEWER));
        Task task = todo.tasks().get(7);

        todo.tasks().replace(task, TaskDraft.like(task).title("Pay"));

        assertThat(server.requests().get(1).text())
                .isEqualTo("{\"title\":\"Pay\",\"completed\":false,\"priority\":\"cosmic\",\"tags\":[\"home\"],"
                        + "\"due_date\":\"2026-12-01\",\"reminders\":[{\"minutes_before\":5}],"
                        + "\"recurrence_mode\":\"lunar\"}");
        assertThat(server.requests().get(1).header("If-Match")).isEqualTo("\"3\"");
    }

    @Test
    void unknownCodesAndFieldsOfProblemsCanBeRead() {
        server.script(Behaviour.reply(422, "application/problem+json; charset=utf-8", """
                {"type": "urn:x", "title": "T", "status": 422, "detail": "D", "instance": "/x", "code": "too-new",
                 "request_id": "r", "mood": "bad",
                 "errors": [{"pointer": "/a", "message": "m", "hint": "h"}, {"parameter": "b", "message": "n"}]}
                """));

        InvalidContentException problem =
                (InvalidContentException) failure(todo.async().tasks().create(TaskDraft.titled("Pay the rent")));

        assertThat(problem.code()).isEqualTo(ProblemCode.of("too-new"));
        assertThat(problem.errors()).extracting(FieldError::toString).containsExactly("/a m", "b n");
        assertThat(problem).hasMessage("createTask: 422 too-new: D [/a m] [b n] (request r)");
    }

    static Stream<Arguments> patches() {
        LocalDate day = LocalDate.of(2026, 12, 1);
        LocalTime nine = LocalTime.of(9, 0);
        TaskPatch change = TaskPatch.change();
        return Stream.of(
                Arguments.of(change.title("a"), "{\"title\":\"a\"}"),
                Arguments.of(change.description(null), "{\"description\":null}"),
                Arguments.of(
                        change.description("b").description(null).title("a"), "{\"description\":null,\"title\":\"a\"}"),
                Arguments.of(change.tags(), "{\"tags\":[]}"),
                Arguments.of(change.reminders(), "{\"reminders\":[]}"),
                Arguments.of(
                        change.reminders(Reminder.before(Duration.ofHours(2))),
                        "{\"reminders\":[{\"minutes_before\":120}]}"),
                Arguments.of(change.priority(Priority.of("cosmic")), "{\"priority\":\"cosmic\"}"),
                Arguments.of(change.noRecurrence(), "{\"recurrence\":null}"),
                Arguments.of(change.noDue(), "{\"due_date\":null,\"due_time\":null,\"due_time_zone\":null}"),
                Arguments.of(change.due(day), "{\"due_date\":\"2026-12-01\",\"due_time\":null,\"due_time_zone\":null}"),
                Arguments.of(
                        change.due(day, nine, ZoneId.of("Europe/Berlin")),
                        "{\"due_date\":\"2026-12-01\",\"due_time\":\"09:00\",\"due_time_zone\":\"Europe/Berlin\"}"),
                Arguments.of(change.dueTime(null), "{\"due_time\":null,\"due_time_zone\":null}"));
    }

    @ParameterizedTest
    @MethodSource("patches")
    void absentIsNotNullInAPatch(TaskPatch patch, String bytes) {
        server.script(Behaviour.json(NEWER));

        todo.tasks().update(7, patch);

        assertThat(server.requests().get(0).text()).isEqualTo(bytes);
        assertThat(server.requests().get(0).method()).isEqualTo("PATCH");
        assertThat(server.requests().get(0).header("Content-Type")).isEqualTo("application/merge-patch+json");
        assertThat(server.requests().get(0).header("If-Match")).isNull();
    }

    @Test
    void aPatchIsAValue() {
        TaskPatch title = TaskPatch.change().title("a");
        TaskPatch both = title.description(null);

        assertThat(title).isEqualTo(TaskPatch.change().title("a")).isNotEqualTo(both);
        assertThat(TaskPatch.change().isEmpty()).isTrue();
        assertThat(both.isEmpty()).isFalse();
        assertThat(new String(
                        Json.write(AccountPatch.change().name(null).json), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("{\"name\":null}");
    }

    @Test
    void anAnswerTellsWhatHttpSaysBesides() {
        server.script(Behaviour.json(
                task(7),
                "ETag: \"4\"",
                "X-Request-Id: req-5",
                "RateLimit-Policy: \"reads\";q=100;w=60, \"writes\";q=20;w=60",
                "RateLimit: \"reads\";r=42;t=7"));

        Answer<String> answer = todo.answer(client -> client.tasks().get(7).title());

        assertThat(answer.value()).isEqualTo("Pay the rent");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.etag()).hasValue("\"4\"");
        assertThat(answer.requestId()).hasValue("req-5");
        assertThat(answer.attempts()).isEqualTo(1);
        assertThat(answer.replayed()).isFalse();
        assertThat(answer.rateLimits())
                .containsExactly(new RateLimit("reads", 42, Duration.ofSeconds(7), 100L, Duration.ofMinutes(1)));
    }

    @Test
    void rateLimitsAreReadAsFarAsTheyAreUnderstood() {
        assertThat(limits("\"reads\";r=1;t=2, \"writes\";r=3;t=4"))
                .extracting(RateLimit::name, RateLimit::remaining, RateLimit::quota)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("reads", 1L, null),
                        org.assertj.core.groups.Tuple.tuple("writes", 3L, null));
        for (String strange : List.of(
                "", "reads", "\"reads\";r=many;t=2", "\"reads\";r=-1;t=2", "\"reads\";r=1" + "0".repeat(20) + ";t=1")) {
            assertThat(limits(strange)).as(strange).isEmpty();
        }
    }

    @Test
    void theUserAgentNamesClientPlatformAndProgram() {
        server.always(Behaviour.json(task(7)));
        use(client().appInfo("my-app", "1.2").appInfo("lib", "3"));

        todo.tasks().get(7);

        assertThat(server.requests().get(0).header("User-Agent"))
                .matches("todo-client-java/[0-9]+\\.[0-9]+\\.[0-9]+\\S* Java/[0-9]+ my-app/1\\.2 lib/3");
    }

    @Test
    void aTaskThatHasNotChangedIsNotSentAgain() {
        server.script(
                Behaviour.json(task(7)),
                request -> request.connection().send("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n"),
                Behaviour.json(task(7, "New", 2, "")));
        Task known = todo.tasks().get(7);

        assertThat(todo.tasks().getIfChanged(known)).isEmpty();
        assertThat(todo.tasks().getIfChanged(known))
                .hasValueSatisfying(changed -> assertThat(changed.title()).isEqualTo("New"));
        assertThat(server.requests().get(1).header("If-None-Match")).isEqualTo("\"1\"");
    }

    private static List<RateLimit> limits(String header) {
        return RateLimit.in(HttpHeaders.of(Map.of("RateLimit", List.of(header)), (name, value) -> true));
    }
}
