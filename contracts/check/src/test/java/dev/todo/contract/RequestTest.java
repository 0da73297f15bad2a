package dev.todo.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which requests pass, and what is said of those that do not. */
class RequestTest {
    private static final String TASK = "/api/me/tasks/42";
    private static final String TASKS = "/api/me/tasks";
    private static final String BEARER = "Bearer e30.e30.s3cret";

    private final ContractCheck check = new ContractCheck();

    private record Sent(String method, String path, Map<String, List<String>> headers, String body) {
        static Sent to(String method, String path) {
            return new Sent(method, path, Map.of("Authorization", List.of(BEARER)), "");
        }

        Sent with(String header, String... values) {
            Map<String, List<String>> more = new TreeMap<>(headers);
            more.put(header, List.of(values));
            return new Sent(method, path, more, body);
        }

        Sent without(String header) {
            Map<String, List<String>> fewer = new TreeMap<>(headers);
            fewer.remove(header);
            return new Sent(method, path, fewer, body);
        }

        Sent body(String type, String json) {
            return new Sent(method, path, with("Content-Type", type).headers, json);
        }

        void given(ContractCheck check) {
            check.request(method, URI.create("http://localhost" + path), headers, body.getBytes(UTF_8));
        }

        @Override
        public String toString() {
            return "%s %s %s %s".formatted(method, path, headers, body);
        }
    }

    static Stream<Sent> good() {
        Sent create = Sent.to("POST", TASKS).body("application/json", "{\"title\": \"Pay rent\"}");
        return Stream.of(
                Sent.to("GET", TASK),
                Sent.to("HEAD", TASK),
                Sent.to("GET", TASK).with("Accept", "text/html, application/json;q=0.9"),
                Sent.to("GET", TASK).with("Accept", "application/*"),
                Sent.to("GET", TASK).with("If-None-Match", "\"1\"", "\"2\""),
                Sent.to("GET", TASK).with("X-Own", "anything"),
                Sent.to("GET", TASK).without("Authorization").with("authorization", BEARER),
                Sent.to("GET", "/api/null/tasks"),
                Sent.to("GET", "/api/%20/tasks"),
                Sent.to("GET", TASKS + "?limit=5&tag=a&tag=b&sort=-due_at,title&q=a+b%2Bc&overdue=true"),
                create,
                create.with("Idempotency-Key", "null"),
                create.body("application/json; charset=utf-8", create.body()),
                Sent.to("PATCH", TASK).body("application/merge-patch+json", "{\"due_date\": null}"),
                Sent.to("DELETE", TASK).with("If-Match", "\"3\""),
                Sent.to("POST", "/api/me/import?on_error=skip").body("text/calendar", "BEGIN:VCALENDAR"),
                Sent.to("POST", "/api/me/import").body("application/x-ndjson", ""),
                Sent.to("POST", "/api/me/import").body("application/x-ndjson", "{\"title\": \"a\"}\r\n\r\n"),
                Sent.to("POST", "/api/auth/refresh")
                        .without("Authorization")
                        .body("application/json", Answer.value("sessionRefresh").toString()),
                Sent.to("GET", "/health/live").without("Authorization"));
    }

    static Stream<Arguments> wrong() {
        Sent create = Sent.to("POST", TASKS).body("application/json", "{\"title\": \"Pay rent\"}");
        return Stream.of(
                wrong(Sent.to("GET", TASK).without("Authorization"), "header Authorization is no bearer token"),
                wrong(Sent.to("GET", TASK).with("Authorization", "s3cret"), "header Authorization is no bearer token"),
                wrong(Sent.to("GET", TASK).with("Accept", "text/html"), "header Accept leaves out application/json"),
                wrong(
                        Sent.to("GET", TASK).with("Accept", "application/json;q=0"),
                        "header Accept leaves out application/json"),
                wrong(Sent.to("GET", TASK).body("application/json", "{}"), "there is a body, and there must be none"),
                wrong(Sent.to("GET", "/api/me/tasks/s3cret"), "path parameter task_id is not of type integer"),
                wrong(Sent.to("GET", "/api/me/tasks/0"), "path parameter task_id breaks minimum 1"),
                wrong(Sent.to("GET", TASKS + "?limit%5B%5D=1"), "query parameter is not declared: limit[]"),
                wrong(Sent.to("GET", TASKS + "?s3cret"), "a query parameter without a name or a value is not declared"),
                wrong(
                        Sent.to("GET", TASKS + "?limit=5&s3cret=="),
                        "a query parameter without a name or a value is not declared"),
                wrong(
                        Sent.to("GET", TASKS + "?=s3cret"),
                        "a query parameter without a name or a value is not declared"),
                wrong(Sent.to("GET", TASKS + "?limit=5.0"), "query parameter limit is not of type integer"),
                wrong(Sent.to("GET", TASKS + "?limit=201"), "query parameter limit breaks maximum 200"),
                wrong(Sent.to("GET", TASKS + "?limit=5&limit=6"), "query parameter limit is given more than once"),
                wrong(
                        Sent.to("GET", TASKS + "?status=s3cret"),
                        "query parameter status is none of all, pending, completed"),
                wrong(Sent.to("GET", TASKS + "?overdue=s3cret"), "query parameter overdue is not of type boolean"),
                wrong(Sent.to("GET", TASKS + "?sort=title,s3cret"), "query parameter sort /1 "),
                wrong(
                        Sent.to("GET", TASKS + "?sort=title&sort=-title"),
                        "query parameter sort is given more than once"),
                wrong(Sent.to("GET", TASKS + "?tag="), "query parameter tag /0 "),
                wrong(
                        Sent.to("DELETE", TASK).with("If-Match", "s3cret"),
                        "header parameter If-Match must be * or entity tags"),
                wrong(create.body("text/plain", create.body()), "header Content-Type is none of application/json"),
                wrong(create.without("Content-Type"), "header Content-Type is none of application/json"),
                wrong(create.with("Content-Encoding", "gzip"), "the body is compressed, or says so, and must not be"),
                wrong(create.body("application/json", ""), "there is no body"),
                wrong(create.body("application/json", "{s3cret}"), "the body is not JSON"),
                wrong(create.body("application/json", "{}"), "body has no field title"),
                wrong(
                        create.body("application/json", "{\"title\": \"a\", \"colour\": \"s3cret\"}"),
                        "body has a field that is not declared: colour"),
                wrong(
                        create.body("application/json", "{\"title\": \"a\", \"priority\": \"s3cret\"}"),
                        "body /priority is none of none, low"),
                wrong(create.body("application/json", "{\"title\": \"\"}"), "body /title breaks minLength 1"),
                wrong(
                        create.with("Idempotency-Key", "s3cret s3cret"),
                        "header parameter Idempotency-Key must be given once, in visible"),
                wrong(Sent.to("POST", "/api/me/import").body("text/calendar", ""), "there is no body"),
                wrong(
                        Sent.to("POST", "/api/me/import")
                                .body(
                                        "application/x-ndjson",
                                        "{\"title\": \"a\"}\n{\"title\": \"s3cret\", \"tags\": \"s3cret\"}"),
                        "body line 2 /tags is not of type array"),
                wrong(
                        Sent.to("POST", "/api/me/import").body("application/x-ndjson", "s3cret"),
                        "body line 1 is not JSON, or has a field twice"),
                wrong(
                        Sent.to("POST", "/api/me/import").body("application/x-ndjson", "[".repeat(2_000)),
                        "body line 1 is not JSON that can be read"),
                wrong(
                        Sent.to("POST", "/api/auth/register")
                                .body("application/json", "{\"email\": \"a@b.example\", \"password\": \"s3cret\"}"),
                        "body /password breaks minLength"),
                wrong(Sent.to("POST", TASK), "the contract has no such operation"),
                wrong(Sent.to("GET", "/api/me/s3cret"), "the contract has no such operation"));
    }

    @ParameterizedTest
    @MethodSource("good")
    void passes(Sent request) {
        assertThatCode(() -> request.given(check)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void namesWhatIsWrongAndNoValue(Sent request, String violation) {
        assertThatThrownBy(() -> request.given(check))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(" was to be sent, which breaks the contract ")
                .hasMessageContaining("\n- " + violation)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void theOperationIsNamed() {
        assertThatThrownBy(() -> Sent.to("GET", "/api/s3cret/tasks?limit=0").given(check))
                .hasMessageStartingWith("listTasks (GET /api/{user_id}/tasks) was to be sent")
                .hasMessageNotContaining("s3cret");
    }

    private static Arguments wrong(Sent request, String violation) {
        return Arguments.of(request, violation);
    }
}
