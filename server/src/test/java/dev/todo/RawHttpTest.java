package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What no well-behaved client sends: the answer is a problem, the connection goes on or is closed, nothing hangs. */
class RawHttpTest extends ServerTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String HOST = "Host: localhost";
    private static final String BODY = "{\"title\":\"smuggled\"}";
    private static final String ALIVE = "GET /health/live HTTP/1.1";

    private String bearer;

    @BeforeEach
    void signIn() {
        bearer = "Authorization: Bearer " + token(user);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/me/tasks?x=|",
                "/api/me/tasks?x=\"",
                "/api/me/tasks?x=<>",
                "/api/me/tasks?x=`{}^\\",
                "/api/me/tasks?limit=%zz",
                "/api/me/tasks?limit=%",
                "/api/me/tasks?%",
                "/api/me/tasks/[",
                "/api/me/tasks/|",
                "/api/me/tasks/%zz",
                "/api/%zz/tasks",
                "/api/%/tasks",
                "/api/\\/tasks",
                "/%",
                "/health?%zz"
            })
    void aBrokenUriIsAProblemAndTheConnectionGoesOn(String target) throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send("GET " + target + " HTTP/1.1", HOST, bearer, "");
            assertProblem(400, "invalid-request", connection.answer());
            assertAlive(connection);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/me/tasks?x=[", "/api/me/tasks?x=a;b", "/api/me/tasks?x='"})
    void anUnusualQueryIsJustAnUnknownParameter(String target) throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send("GET " + target + " HTTP/1.1", HOST, bearer, "");
            assertProblem(400, "invalid-request", connection.answer());
            assertAlive(connection);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "\u0000\u0001\u0002",
                "GET",
                "GET /health/live",
                "GET /health/live HTTP/2.0",
                "GET /health/live JUNK",
                "GET /with space HTTP/1.1",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000"
            })
    void aGarbageRequestLineIsRefusedAndTheConnectionClosed(String line) throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(line, HOST, "");
            assertRefusedAndClosed(connection);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no colon",
                "Space : x",
                "Nul: a\u0000b",
                "Content-Length: -1",
                "Content-Length: abc",
                "Content-Length: +20",
                "Content-Length: 20, 20",
                "Content-Length: 99999999999999999999",
                "Content-Length: 20\r\nContent-Length: 20",
                "Content-Length: 20\r\nContent-Length: 5",
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 20",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: x"
            })
    void aRequestThatTwoServersMightReadInTwoWaysIsRefusedAndTheConnectionClosed(String header) throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(
                    "POST /api/me/tasks HTTP/1.1",
                    HOST,
                    bearer,
                    "Content-Type: application/json",
                    header,
                    "",
                    BODY + ALIVE,
                    HOST,
                    "");
            assertRefusedAndClosed(connection);
        }
        assertNothingWasCreated();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bogus", "xchunked", "gzip", "identity"})
    void aTransferEncodingThatIsNotKnownIsRefusedAndTheConnectionClosed(String encoding) throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(ALIVE, HOST, "Transfer-Encoding: " + encoding, "", "GET /smuggled HTTP/1.1", HOST, "");
            assertRefusedAndClosed(connection);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "-1\r\n", "14\r\n" + BODY + "\r\nzz\r\n", "14\r\n" + BODY + "\r\n-5\r\n"})
    void aBrokenChunkIsRefusedAndTheConnectionClosed(String chunk) throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(
                    "POST /api/me/tasks HTTP/1.1",
                    HOST,
                    bearer,
                    "Content-Type: application/json",
                    "Transfer-Encoding: chunked",
                    "",
                    chunk + BODY);
            assertRefusedAndClosed(connection);
        }
        assertNothingWasCreated();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live#", "/health/live#top", "#", "/health/live?x#y"})
    void aFragmentIsNoPartOfARequest(String target) throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send("GET " + target + " HTTP/1.1", HOST, "");
            assertRefusedAndClosed(connection);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/9.9", "HTTP/1.2", "HTTP/0.9", "HTTP/3.0", "ICY/1.1"})
    void anotherProtocolIsRefused(String version) throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send("GET /health/live " + version, HOST, "");
            assertRefusedAndClosed(connection);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Host: localhost",
                "Host:",
                "Host: localhost\r\nHost: localhost",
                "Host: a, b",
                "Host: a b",
                "Host: http://localhost",
                "Host: localhost/",
                "Host: user@localhost",
                "Host: localhost:http",
                "Host: localhost:80:80",
                "Host: [::1",
                "Host: ::1",
                "Host: \u00e9"
            })
    void eachRequestNamesOneHost(String header) throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(ALIVE, header, "");
            assertRefusedAndClosed(connection);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8080", "127.0.0.1", "[::1]:8080", "xn--bcher-kva.example.", "a_b"})
    void anyHostIsServed(String host) throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(ALIVE, "Host: " + host, "");
            assertThat(connection.answer().status()).isEqualTo(200);
            connection.send("GET /health/live HTTP/1.0", "Host: " + host, "");
            assertThat(connection.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void aHeaderSectionOver16KiBIsRefused() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(ALIVE, HOST, "X-Junk: " + "a".repeat(20_000), "");
            assertThat(assertRefusedAndClosed(connection)).startsWith("The headers of the request are too long.");
        }
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(ALIVE, HOST, "X-Junk: a\r\n".repeat(2_000), "");
            assertRefusedAndClosed(connection);
        }
    }

    @Test
    void aRequestLineOver16KiBIsRefused() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send("GET /health/live?" + "a".repeat(20_000) + " HTTP/1.1", HOST, "");
            assertThat(assertRefusedAndClosed(connection)).startsWith("The first line of the request is too long.");
        }
    }

    private void assertAlive(RawHttp connection) throws IOException {
        connection.send(ALIVE, HOST, "");
        assertThat(connection
                        .checkedAnswer(port, HttpMethod.GET, "/health/live")
                        .status())
                .isEqualTo(200);
    }

    private void assertNothingWasCreated() {
        assertThat(getJson(tasks()).path("items")).isEmpty();
    }

    /** Answers the detail. */
    private static String assertRefusedAndClosed(RawHttp connection) throws IOException {
        RawHttp.Answer answer = connection.answer();
        assertProblem(400, "invalid-request", answer);
        assertThat(answer.headers().getFirst(HttpHeaders.CONNECTION)).isEqualTo("close");
        assertThat(connection.isClosed()).isTrue();
        return JSON.readTree(answer.body()).path("detail").asString();
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
