package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Request ids, security headers, HEAD, OPTIONS and what the server says about itself. */
class AroundEveryRequestTest extends ServerTest {
    private static final String REQUEST_ID = "X-Request-Id";

    /** One request for each way in which an answer comes about. */
    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(HttpMethod.GET, "/health/live", Map.of(), 200),
                Arguments.of(HttpMethod.POST, "/docs", Map.of(), 405),
                Arguments.of(HttpMethod.GET, "/api/me/tasks", Map.of(), 401),
                Arguments.of(HttpMethod.GET, "/nothing", Map.of(), 404),
                Arguments.of(HttpMethod.GET, "/health?x=1", Map.of(), 400),
                Arguments.of(HttpMethod.POST, "/health", Map.of(), 405),
                Arguments.of(HttpMethod.HEAD, "/health", Map.of(), 200),
                Arguments.of(
                        HttpMethod.OPTIONS,
                        "/api/me/tasks",
                        Map.of(HttpHeaders.ORIGIN, ORIGIN, HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "POST"),
                        200),
                Arguments.of(
                        HttpMethod.OPTIONS,
                        "/api/me/tasks",
                        Map.of(
                                HttpHeaders.ORIGIN,
                                "https://evil.example",
                                HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD,
                                "POST"),
                        403));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void everyAnswerHasTheSecurityHeaders(HttpMethod method, String path, Map<String, String> sent, int status) {
        HttpHeaders headers = answered(method, path, sent, status);
        assertThat(headers.get("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(headers.get("Content-Security-Policy"))
                .containsExactly("default-src 'none'; frame-ancestors 'none'");
        assertThat(headers.get("Referrer-Policy")).containsExactly("no-referrer");
        assertThat(headers.get(HttpHeaders.CACHE_CONTROL)).containsExactly("no-store");
        assertThat(headers.get("Strict-Transport-Security"))
                .as("in development")
                .isNull();
        assertThat(headers.get("Server")).isNull();
        assertThat(headers.get(HttpHeaders.VARY)).contains(HttpHeaders.ORIGIN);
    }

    @Test
    void theAnswerToASignedInUserHasThemToo() {
        String path = tasks() + "/" + createTask("Mine").path("id").asString();
        for (WebTestClient.RequestHeadersSpec<?> request : List.of(
                http.get().uri(path),
                http.get().uri(path).header(HttpHeaders.IF_NONE_MATCH, "\"1\""),
                http.get().uri(path + "999999"),
                http.delete().uri(path))) {
            HttpHeaders headers = answer(request).getResponseHeaders();
            assertThat(headers.get("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(headers.get(HttpHeaders.CACHE_CONTROL)).containsExactly("no-store");
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void aGivenRequestIdIsTaken(HttpMethod method, String path, Map<String, String> sent, int status) {
        for (String id : List.of("a", "A-Z_a-z.0-9", "x".repeat(128))) {
            HttpHeaders headers = answered(method, path, with(sent, id), status);
            assertThat(headers.get(REQUEST_ID)).containsExactly(id);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "a,b", "a/b", "<script>", "\"a\"", "a;b", "\u00e9", "{}", "${jndi:x}", "%0d%0a", "..:"})
    void aBadRequestIdIsReplaced(String id) {
        assertReplaced(id);
    }

    @Test
    void aLongOrEmptyRequestIdIsReplaced() {
        assertReplaced("x".repeat(129));
        assertReplaced("x".repeat(10_000));
        assertReplaced("");
    }

    @Test
    void eachRequestWithoutAnIdGetsItsOwn() {
        String first = answered(HttpMethod.GET, "/health/live", Map.of(), 200).getFirst(REQUEST_ID);
        String second = answered(HttpMethod.GET, "/health/live", Map.of(), 200).getFirst(REQUEST_ID);
        assertThat(first).matches("[0-9a-f]{32}").isNotEqualTo(second);
    }

    @Test
    void aProblemNamesTheRequest() {
        Refused refused =
                Refused.with(404, "not-found", anyone.get().uri("/nothing").header(REQUEST_ID, "quote-me"));
        assertThat(refused.problem().path("request_id").asString()).isEqualTo("quote-me");
        assertThat(refused.problem().path("instance").asString()).isEqualTo("urn:todo:request:quote-me");
    }

    @Test
    void aTokenIsTakenLiterally() {
        String token = token(user);
        for (String other : List.of(token + "=", token + "==", token + ".", token + "~", token.replace('.', '/'))) {
            Refused refused = Refused.with(
                    401, "unauthenticated", anyone.get().uri(tasks()).headers(headers -> headers.setBearerAuth(other)));
            assertThat(refused.detail()).startsWith("The token is not a readable JWT.");
        }
    }

    @Test
    void headIsGetWithoutTheBody() {
        String task = tasks() + "/" + createTask("Mine").path("id").asString();
        for (String path : List.of(
                "/health",
                "/health/live",
                "/openapi.yaml",
                "/openapi.json",
                "/docs",
                "/problems/not-found",
                "/nothing",
                "/health?x=1",
                tasks(),
                task,
                task + "999999",
                task + "x")) {
            EntityExchangeResult<byte[]> get = answer(http.get().uri(path).header(REQUEST_ID, "same"));
            EntityExchangeResult<byte[]> head = answer(http.head().uri(path).header(REQUEST_ID, "same"));
            assertThat(head.getStatus()).as(path).isEqualTo(get.getStatus());
            assertThat(headersBesidesCounts(head)).as(path).isEqualTo(headersBesidesCounts(get));
            assertThat(head.getResponseBodyContent()).as(path).isNullOrEmpty();
        }
    }

    @Test
    void headHonoursConditionsToo() {
        String task = tasks() + "/" + createTask("Mine").path("id").asString();
        HttpHeaders headers = answer(http.head().uri(task).header(HttpHeaders.IF_NONE_MATCH, "\"1\""))
                .getResponseHeaders();
        http.head()
                .uri(task)
                .header(HttpHeaders.IF_NONE_MATCH, "\"1\"")
                .exchange()
                .expectStatus()
                .isEqualTo(304);
        assertThat(headers.getETag()).isEqualTo("\"1\"");
    }

    @Test
    void optionsThatIsNoPreflightIsNotAllowed() {
        Refused open = Refused.with(405, "method-not-allowed", anyone.options().uri("/health"));
        assertThat(open.headers().getFirst(HttpHeaders.ALLOW)).isEqualTo("GET, HEAD");
        Refused.with(405, "method-not-allowed", http.options().uri(tasks()).header(HttpHeaders.ORIGIN, ORIGIN));
        Refused.with(401, "unauthenticated", anyone.options().uri(tasks()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready"})
    void healthIsTold(String path) {
        for (WebTestClient client : List.of(anyone, http)) {
            client.get()
                    .uri(path)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody(String.class)
                    .isEqualTo("{\"status\":\"healthy\"}");
        }
    }

    private void assertReplaced(String id) {
        HttpHeaders headers = answered(HttpMethod.GET, "/health/live", Map.of(REQUEST_ID, id), 200);
        assertThat(headers.get(REQUEST_ID)).singleElement().asString().matches("[0-9a-f]{32}");
    }

    private HttpHeaders answered(HttpMethod method, String path, Map<String, String> sent, int status) {
        EntityExchangeResult<byte[]> answer =
                answer(anyone.method(method).uri(path).headers(headers -> sent.forEach(headers::set)));
        assertThat(answer.getStatus().value()).isEqualTo(status);
        return answer.getResponseHeaders();
    }

    private static Map<String, String> with(Map<String, String> headers, String requestId) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(REQUEST_ID, requestId);
        return all;
    }

    private static EntityExchangeResult<byte[]> answer(WebTestClient.RequestHeadersSpec<?> request) {
        return request.exchange().expectBody().returnResult();
    }
}
