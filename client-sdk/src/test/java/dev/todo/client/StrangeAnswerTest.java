package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are not the Todo API's. */
class StrangeAnswerTest extends FaultTest {
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static final String HTML = "<html><body>It works!</body></html>";
    private static final int MEGABYTE = 1024 * 1024;

    static Stream<Arguments> unreadable() {
        String whole = task(7);
        return Stream.of(
                Arguments.of("half a JSON", JSON, whole.substring(0, whole.length() / 2)),
                Arguments.of("two JSONs", JSON, whole + whole),
                Arguments.of("nothing", JSON, ""),
                Arguments.of("nothing of no type", "", ""),
                Arguments.of("null", JSON, "null"),
                Arguments.of("an array", JSON, "[]"),
                Arguments.of("a text", JSON, "\"task\""),
                Arguments.of("an empty object", JSON, "{}"),
                Arguments.of("no title", JSON, whole.replace("\"title\": \"Pay the rent\", ", "")),
                Arguments.of("a null title", JSON, whole.replace("\"Pay the rent\"", "null")),
                Arguments.of("an id of letters", JSON, whole.replace("\"id\": 7", "\"id\": \"seven\"")),
                Arguments.of("a tag for tags", JSON, whole.replace("\"tags\": []", "\"tags\": {\"a\": 1}")),
                Arguments.of("no time", JSON, whole.replace("2026-01-01T00:00:00Z", "yesterday")),
                Arguments.of("nested too deeply", JSON, "[".repeat(100_000)),
                Arguments.of("a page of HTML", "text/html", HTML),
                Arguments.of("a task as text", "text/plain", whole),
                Arguments.of("a task without a type", "", whole),
                Arguments.of("a problem", PROBLEM, whole));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void aGoodStatusWithSomethingElseIsAnError(String what, String contentType, String body) {
        server.always(Behaviour.reply(200, contentType, body, "X-Request-Id: req-9"));

        assertThatThrownBy(() -> todo.tasks().get(7))
                .isInstanceOfSatisfying(UnexpectedAnswerException.class, strange -> {
                    assertThat(strange).hasMessageContaining("getTask: 200 with");
                    assertThat(strange.status()).isEqualTo(200);
                    assertThat(strange.headers().firstValue("X-Request-Id")).hasValue("req-9");
                    assertThat(strange.excerpt()).isEqualTo(body.substring(0, Math.min(500, body.length())));
                    assertThat(strange.retryable()).isFalse();
                    assertThat(strange.outcomeUnknown()).isFalse();
                });
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aWriteThatIsAnsweredBySomethingElseMayHaveBeenCarriedOut() {
        server.always(Behaviour.reply(200, "text/html", HTML));

        assertThatThrownBy(() -> todo.tasks().create(TaskDraft.titled("Pay the rent")))
                .isInstanceOfSatisfying(
                        UnexpectedAnswerException.class,
                        strange -> assertThat(strange.outcomeUnknown()).isTrue());
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aProxyThatCannotReachTheServerIsAskedAgain() {
        Behaviour html = Behaviour.reply(502, "text/html; charset=utf-8", "<h1>Bad Gateway</h1>");
        server.script(html, Behaviour.json(task(7)));
        assertThat(todo.tasks().get(7).id()).isEqualTo(7);

        server.always(html);
        assertThatThrownBy(() -> todo.tasks().get(7))
                .isInstanceOfSatisfying(UnexpectedAnswerException.class, strange -> {
                    assertThat(strange).hasMessageContaining("502").hasMessageContaining("proxy");
                    assertThat(strange.excerpt()).isEqualTo("<h1>Bad Gateway</h1>");
                    assertThat(strange.retryable()).isTrue();
                });
        assertThat(server.requests()).hasSize(2 + 4);
    }

    static Stream<Arguments> noProblems() {
        return Stream.of(
                Arguments.of(404, PROBLEM, "{}"),
                Arguments.of(404, PROBLEM, ""),
                Arguments.of(404, PROBLEM, "null"),
                Arguments.of(400, PROBLEM, "{\"type\": \"about:blank\", \"title\": \"Bad Request\", \"status\": 400}"),
                Arguments.of(404, JSON, "{\"error\": \"no\"}"),
                Arguments.of(404, "text/html", HTML),
                Arguments.of(401, "", ""),
                Arguments.of(418, "text/plain", "short and stout"),
                Arguments.of(599, "text/plain", "?"),
                Arguments.of(600, "text/plain", "?"),
                Arguments.of(304, "", ""));
    }

    @ParameterizedTest
    @MethodSource("noProblems")
    void aRefusalThatIsNoProblemIsAnErrorOfItsOwn(int status, String contentType, String body) {
        server.always(Behaviour.reply(status, contentType, body));

        assertThatThrownBy(() -> todo.tasks().get(7))
                .isInstanceOfSatisfying(UnexpectedAnswerException.class, strange -> {
                    assertThat(strange.status()).isEqualTo(status);
                    assertThat(strange.retryable()).isFalse();
                });
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {418, 499, 599})
    void aProblemOfAnUnknownStatusIsAProblem(int status) {
        server.always(Behaviour.problem(status, "brand-new"));

        assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.status()).isEqualTo(status);
            assertThat(problem.code()).isEqualTo(ProblemCode.of("brand-new"));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) throws IOException {
        try (FaultServer elsewhere = new FaultServer()) {
            elsewhere.always(Behaviour.json(task(7)));
            server.always(Behaviour.reply(status, "", "", "Location: " + elsewhere.url() + "/api/me/tasks/7"));

            assertThatThrownBy(() -> todo.tasks().get(7))
                    .isInstanceOf(UnexpectedAnswerException.class)
                    .hasMessageContaining("redirect");
            assertThat(elsewhere.requests()).isEmpty();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aBodyWithoutEndIsGivenUp() throws InterruptedException {
        AtomicLong sent = new AtomicLong();
        server.always(Behaviour.flood(200, JSON, sent));

        assertThatThrownBy(() -> todo.tasks().get(7))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("over 67108864 bytes");
        server.request(0).connection().awaitEnd();
        assertThat(server.requests()).hasSize(1);
        assertThat(sent.get()).isBetween(60L * MEGABYTE, 128L * MEGABYTE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", PROBLEM})
    void anErrorWithoutEndIsGivenUpEarlier(String contentType) throws InterruptedException {
        AtomicLong sent = new AtomicLong();
        server.always(Behaviour.flood(500, contentType, sent));

        assertThatThrownBy(() -> todo.tasks().get(7))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("500 with")
                .hasMessageContaining("over 1048576 bytes");
        server.request(0).connection().awaitEnd();
        assertThat(sent.get()).isLessThan(32L * MEGABYTE);
    }

    @Test
    void aStatusLineThatIsNoneIsAFailureOfTheConnection() {
        server.always(Behaviour.raw("SMTP ready\r\n\r\n"));

        assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOf(ConnectionException.class);
    }

    @Test
    void aConnectionClosedBeforeTheAnswerDoesNotRepeatWhatHasNoKey() {
        server.always(Behaviour.raw(""));

        assertThatThrownBy(() -> todo.account().register("a@example.com", "password", null))
                .isInstanceOfSatisfying(
                        ConnectionException.class,
                        lost -> assertThat(lost.outcomeUnknown()).isTrue());
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void halfADownloadLeavesNoFile(@TempDir Path folder) throws IOException {
        server.always(Behaviour.raw(
                "HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\nContent-Length: 100\r\n\r\nBEGIN:VCALENDAR\r\n"));

        assertThatThrownBy(() -> todo.tasks().exportTo(folder.resolve("tasks.ics"), TaskFormat.ICALENDAR))
                .isInstanceOf(ConnectionException.class);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aDownloadIsBegunAnewAfterHalfAnAnswer(@TempDir Path folder) throws IOException {
        server.script(
                Behaviour.raw(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\nContent-Length: 100\r\n\r\nBEGIN:VCALENDAR\r\nhalf"),
                Behaviour.reply(200, "text/calendar", "BEGIN:VCALENDAR\r\n"));

        Path file = todo.tasks().exportTo(folder.resolve("tasks.ics"), TaskFormat.ICALENDAR);

        assertThat(file).hasContent("BEGIN:VCALENDAR\r\n");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
