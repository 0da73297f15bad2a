package dev.todo.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which answers pass, and what is said of those that do not. */
class AnswerTest {
    private static final String TASK = "/api/me/tasks/42";
    private static final String TASKS = "/api/me/tasks";
    private static final String EXPORT = "/api/me/export";
    private static final Answer GOOD = Answer.example(200, "task");
    private static final Answer MISSING = Answer.problem(404, "notFound");
    private static final Answer LINES = GOOD.without("ETag")
            .with("Content-Type", "application/x-ndjson")
            .with("Content-Disposition", "attachment; filename=\"todo-tasks.ndjson\"");
    private static final String LINE = Answer.value("task").toString();
    private static final Answer NOTHING = GOOD.without("Content-Type").with("");

    private final ContractCheck check = new ContractCheck();
    private final ContractCheck exact = new ContractCheck(ContractCheck.Also.NOTHING_UNDECLARED);

    static Stream<Arguments> good() {
        return Stream.of(
                good("a task", "GET", TASK, GOOD),
                good(
                        "a media type with a parameter",
                        "GET",
                        TASK,
                        GOOD.with("Content-Type", "application/json;charset=utf-8")),
                good(
                        "lower-case names, as in HTTP/2",
                        "GET",
                        TASK,
                        GOOD.without("ETag").with("etag", "\"3\"")),
                good("gzip", "GET", TASK, GOOD.gzipped()),
                good("a problem", "GET", TASK, MISSING),
                good("nothing new", "GET", TASK, NOTHING.as(304)),
                good("no content", "DELETE", TASK, NOTHING.as(204)),
                good("HEAD", "HEAD", TASK, GOOD.with("")),
                good("HEAD of nothing", "HEAD", TASK, MISSING.with("")),
                good("JSON Lines", "GET", EXPORT, LINES.with(LINE + "\n\r\n" + LINE)),
                good("no lines", "GET", EXPORT, LINES.with("")),
                good(
                        "a calendar",
                        "GET",
                        EXPORT,
                        LINES.with("Content-Type", "text/calendar").with("BEGIN:VCALENDAR")),
                good(
                        "a path of its own beside a variable",
                        "GET",
                        "/api/me/tasks/stats",
                        Answer.example(200, "taskStats").without("ETag")),
                good("an encoded path", "GET", "/api/a%2Fb/t%61sks/42", GOOD),
                good("a refusal of what is no operation", "GET", "/nowhere", MISSING),
                good(
                        "a refusal of a method",
                        "POST",
                        TASK,
                        Answer.problem(405, "notFound").edited(problem -> problem.put("status", 405))),
                good("a preflight", "OPTIONS", TASK, NOTHING));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong(
                        "an undeclared status",
                        GOOD.as(418),
                        "the status is none of 200, 304, 400, 401, 403, 404, 406, 429, 500, 503"),
                wrong(
                        "a wrong media type",
                        GOOD.with("Content-Type", "text/html"),
                        "header Content-Type is none of application/json"),
                wrong("no media type", GOOD.without("Content-Type"), "header Content-Type is missing"),
                wrong("a missing field", edited(task -> task.remove("version")), "body has no field version"),
                wrong("a wrong type", edited(task -> task.put("title", 7)), "body /title is not of type string"),
                wrong(
                        "a wrong type or null",
                        edited(task -> task.put("due_date", 7)),
                        "body /due_date is not of type string or null"),
                wrong(
                        "an integer written with a point",
                        GOOD.with(GOOD.text().replaceFirst("\"version\":(\\d+)", "\"version\":$1.0")),
                        "body /version is not of type integer"),
                wrong(
                        "null where it may not be",
                        edited(task -> task.putNull("title")),
                        "body /title is not of type string"),
                wrong(
                        "a wrong format",
                        edited(task -> task.put("created_at", "yesterday")),
                        "body /created_at has not the format date-time"),
                wrong(
                        "a number out of bounds",
                        edited(task -> task.put("version", -1)),
                        "body /version breaks minimum 1"),
                wrong("a list for an object", GOOD.with("[]"), "body is not of type object"),
                wrong("a missing header", GOOD.without("ETag"), "header ETag is missing"),
                wrong(
                        "a header of another form",
                        GOOD.with("ETag", "W/\"3\""),
                        "header ETag does not match ^\"[0-9]+\"$"),
                wrong("no body", GOOD.with(""), "there is no body"),
                wrong(
                        "a body that ends early",
                        GOOD.with("{\"id\": 1"),
                        "the body is not JSON, or has a field twice, at line 1, column 9"),
                wrong(
                        "two bodies",
                        GOOD.with(GOOD.text() + "{}"),
                        "the body is not JSON, or has a field twice, at line 1"),
                wrong(
                        "a field twice",
                        GOOD.with("{\"id\": 1, \"id\": 2}"),
                        "the body is not JSON, or has a field twice"),
                wrong(
                        "another character set",
                        GOOD.with("{\"title\": \"é\"}".getBytes(ISO_8859_1)),
                        "the body is not UTF-8"),
                wrong(
                        "what is nested too deep to be read",
                        GOOD.with("[".repeat(5_000) + "]".repeat(5_000)),
                        "the body is not JSON that can be read"),
                wrong(
                        "a text too long to be read",
                        GOOD.with("{\"title\": \"%s\"}".formatted("x".repeat(21_000_000))),
                        "the body is not JSON that can be read"),
                wrong(
                        "what is no gzip",
                        GOOD.with("Content-Encoding", "gzip"),
                        "the body is not gzip, as Content-Encoding says"),
                wrong(
                        "another encoding",
                        GOOD.with("Content-Encoding", "br"),
                        "header Content-Encoding is neither gzip nor identity"),
                wrong("a body with 304", GOOD.as(304), "there is a body, and there must be none"),
                wrong(
                        "a problem without code",
                        MISSING.edited(problem -> problem.remove("code")),
                        "body has no field code"),
                wrong(
                        "a problem as JSON",
                        MISSING.with("Content-Type", "application/json"),
                        "header Content-Type is none of application/problem+json"),
                wrong(
                        "a problem of another status",
                        MISSING.edited(problem -> problem.put("status", 410)),
                        "body /status is not that of the answer"),
                wrong(
                        "a problem of two minds",
                        MISSING.edited(problem -> problem.put("code", "forbidden")),
                        "body /code is not the last part of /type"));
    }

    static Stream<Arguments> wrongElsewhere() {
        return Stream.of(
                wrong(
                        "DELETE",
                        TASK,
                        GOOD.as(204),
                        "deleteTask (DELETE /api/{user_id}/tasks/{task_id}) answered 204",
                        "there is a body, and there must be none"),
                wrong(
                        "HEAD",
                        TASK,
                        GOOD,
                        "getTask (GET /api/{user_id}/tasks/{task_id}) answered 200",
                        "there is a body, and there must be none"),
                wrong(
                        "HEAD",
                        TASK,
                        GOOD.without("ETag").with(""),
                        "getTask (GET /api/{user_id}/tasks/{task_id}) answered 200",
                        "header ETag is missing"),
                wrong(
                        "POST",
                        TASKS,
                        GOOD.as(201),
                        "createTask (POST /api/{user_id}/tasks) answered 201",
                        "header Location is missing"),
                wrong(
                        "POST",
                        TASKS,
                        GOOD,
                        "createTask (POST /api/{user_id}/tasks) answered 200",
                        "the status is none of 201, 400"),
                wrong(
                        "GET",
                        EXPORT,
                        LINES.with("Content-Type", "text/calendar").with(""),
                        "exportTasks",
                        "there is no body"),
                wrong(
                        "GET",
                        EXPORT,
                        LINES.with("Content-Type", "application/json"),
                        "exportTasks",
                        "header Content-Type is none of application/x-ndjson, text/calendar"),
                wrong(
                        "GET",
                        EXPORT,
                        LINES.with(LINE + "\n\n{\"title\": 7}\n"),
                        "exportTasks",
                        "body line 3 /title is not of type string"),
                wrong(
                        "GET",
                        EXPORT,
                        LINES.with(LINE + "\n" + LINE + LINE),
                        "exportTasks",
                        "body line 2 is not JSON, or has a field twice, at column "),
                wrong(
                        "GET",
                        "/api/me/taskz",
                        GOOD,
                        "GET /api/me/... answered 200",
                        "the contract has no such operation"),
                wrong(
                        "GET",
                        "/API/me/tasks",
                        GOOD,
                        "GET /.../me/tasks answered 200",
                        "the contract has no such operation"),
                wrong(
                        "GET",
                        "/api/me/tasks/",
                        GOOD,
                        "GET /api/me/tasks/ answered 200",
                        "the contract has no such operation"),
                wrong(
                        "POST",
                        TASK,
                        GOOD,
                        "POST /api/{user_id}/tasks/{task_id} answered 200",
                        "the contract has no such operation"),
                wrong(
                        "GET",
                        "/nowhere",
                        MISSING.with("Content-Type", "text/html"),
                        "GET /... answered 404",
                        "header Content-Type is none of application/problem+json"),
                wrong(
                        "GET",
                        "/nowhere",
                        MISSING.without("X-Request-Id"),
                        "GET /... answered 404",
                        "header X-Request-Id is missing"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void passes(String what, String method, String path, Answer answer) {
        assertThatCode(() -> answer.given(check, method, path)).doesNotThrowAnyException();
        assertThatCode(() -> answer.given(exact, method, path)).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void namesTheOperationTheStatusAndWhatIsWrong(String what, Answer answer, String violation) {
        assertThatThrownBy(() -> answer.given(check, "GET", TASK))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("getTask (GET /api/{user_id}/tasks/{task_id}) answered " + answer.status()
                        + ", which breaks the contract "
                        + ContractCheck.document().getInfo().getVersion() + ":\n")
                .hasMessageContaining("\n- " + violation);
        assertThat(check.seen()).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} {4}")
    @MethodSource("wrongElsewhere")
    void namesWhatIsWrongElsewhere(String method, String path, Answer answer, String operation, String violation) {
        assertThatThrownBy(() -> answer.given(check, method, path))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(operation)
                .hasMessageContaining("\n- " + violation);
    }

    private static Arguments good(String what, String method, String path, Answer answer) {
        return Arguments.of(what, method, path, answer);
    }

    private static Arguments wrong(String what, Answer answer, String violation) {
        return Arguments.of(what, answer, violation);
    }

    private static Arguments wrong(String method, String path, Answer answer, String operation, String violation) {
        return Arguments.of(method, path, answer, operation, violation);
    }

    private static Answer edited(Consumer<ObjectNode> edit) {
        return GOOD.edited(edit);
    }
}
