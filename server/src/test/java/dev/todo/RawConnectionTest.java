package dev.todo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP as few clients speak it, but may. */
class RawConnectionTest extends ServerTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String HOST = "Host: localhost";
    private static final String BODY = "{\"title\":\"smuggled\"}";
    private static final String ALIVE = "GET /health/live HTTP/1.1";

    private String bearer;

    @BeforeEach
    void signIn() {
        bearer = "Authorization: Bearer " + token(user);
    }

    @Test
    void headersOfFifteenKiBAreRead() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(ALIVE, HOST, "X-Junk: " + "a".repeat(15_000), "");
            assertThat(connection.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void http10IsAnsweredAndTheConnectionClosed() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send("GET /health/live HTTP/1.0", "");
            RawHttp.Answer answer = connection.checkedAnswer(port, HttpMethod.GET, "/health/live");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void withoutAcceptAnythingIsAccepted() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send("GET /api/me/tasks HTTP/1.1", HOST, bearer, "");
            assertThat(connection
                            .checkedAnswer(port, HttpMethod.GET, "/api/me/tasks")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void whoAsksBeforeSendingIsToldToGoOnOrNot() throws IOException {
        String expect = "Expect: 100-continue";
        String type = "Content-Type: application/json";
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(
                    "POST /api/me/tasks HTTP/1.1", HOST, bearer, type, expect, "Content-Length: " + BODY.length(), "");
            assertThat(connection.answer().status()).isEqualTo(100);
            connection.sendBytes(BODY.getBytes(UTF_8));
            assertThat(connection
                            .checkedAnswer(port, HttpMethod.POST, "/api/me/tasks")
                            .status())
                    .isEqualTo(201);
            assertAlive(connection);
        }
        try (RawHttp connection = new RawHttp(port)) {
            connection.send("POST /api/me/tasks HTTP/1.1", HOST, bearer, type, expect, "Content-Length: 70000", "");
            assertProblem(413, "content-too-large", connection.checkedAnswer(port, HttpMethod.POST, "/api/me/tasks"));
        }
        try (RawHttp connection = new RawHttp(port)) {
            connection.send("POST /api/me/tasks HTTP/1.1", HOST, type, expect, "Content-Length: 20", "");
            assertProblem(401, "unauthenticated", connection.checkedAnswer(port, HttpMethod.POST, "/api/me/tasks"));
        }
    }

    @Test
    void requestsInOneGoAreAnsweredInTurn() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(
                    ALIVE,
                    HOST,
                    "",
                    "GET /nothing HTTP/1.1",
                    HOST,
                    "",
                    "POST /api/me/tasks HTTP/1.1",
                    HOST,
                    bearer,
                    "Content-Type: application/json",
                    "Content-Length: " + BODY.length(),
                    "",
                    BODY + "GET /api/me/tasks HTTP/1.1",
                    HOST,
                    bearer,
                    "",
                    ALIVE,
                    HOST,
                    "");
            for (int status : new int[] {200, 404, 201, 200, 200}) {
                assertThat(connection.answer().status()).isEqualTo(status);
            }
            // Deaf from here on before Reactor Netty 1.3.8: https://github.com/reactor/reactor-netty/issues/4361
            connection.send(ALIVE, HOST, "");
            assertThat(connection.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void theRestOfABodyThatIsTooLargeIsNotTakenForARequest() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(
                    "POST /api/me/tasks HTTP/1.1",
                    HOST,
                    bearer,
                    "Content-Type: application/json",
                    "Content-Length: 70000",
                    "");
            connection.sendBytes("GET /smuggled HTTP/1.1\r\n\r\n"
                    .repeat(2_800)
                    .substring(0, 70_000)
                    .getBytes(UTF_8));
            assertProblem(413, "content-too-large", connection.answer());
            assertAlive(connection);
        }
    }

    @Test
    void aMethodThatNobodyKnowsIsNotAllowed() throws IOException {
        for (String method : new String[] {"FOO", "get", "PROPFIND", "CONNECT"}) {
            try (RawHttp connection = new RawHttp(port)) {
                connection.send(method + " /health HTTP/1.1", HOST, "");
                RawHttp.Answer answer = connection.answer();
                assertProblem(405, "method-not-allowed", answer);
                assertThat(answer.headers().getFirst(HttpHeaders.ALLOW)).isEqualTo("GET, HEAD");
            }
        }
    }

    private void assertAlive(RawHttp connection) throws IOException {
        connection.send(ALIVE, HOST, "");
        assertThat(connection
                        .checkedAnswer(port, HttpMethod.GET, "/health/live")
                        .status())
                .isEqualTo(200);
    }

    private static void assertProblem(int status, String code, RawHttp.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().getFirst(HttpHeaders.CONTENT_TYPE)).isEqualTo("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("request_id").asString())
                .isEqualTo(answer.headers().getFirst("X-Request-Id"));
    }
}
