package dev.todo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;

/** Paths, with ids and user ids, that are junk or look like it. */
class BadInputPathsTest extends ServerTest {
    private static final String EMOJI = "\ud83d\ude00";

    private String task;

    @BeforeEach
    void oneTask() {
        task = createTask("Here I am").path("id").asString();
    }

    @ParameterizedTest
    @CsvSource({
        "0, must be at least 1",
        "-1, must be at least 1",
        "-9223372036854775809, must be at least 1",
        "9007199254740992, must be at most 9007199254740991",
        "9223372036854775808, must be at most 9007199254740991",
        "abc, 'must be an integer written plainly, such as 3'",
        "1.0, 'must be an integer written plainly, such as 3'",
        "1e2, 'must be an integer written plainly, such as 3'",
        "+5, 'must be an integer written plainly, such as 3'",
        "%2B5, 'must be an integer written plainly, such as 3'",
        "05, 'must be an integer written plainly, such as 3'",
        "-0, 'must be an integer written plainly, such as 3'",
        "0x1, 'must be an integer written plainly, such as 3'",
        "1_000, 'must be an integer written plainly, such as 3'",
        "%20, 'must be an integer written plainly, such as 3'",
        "5%20, 'must be an integer written plainly, such as 3'",
        "%D9%A5, 'must be an integer written plainly, such as 3'",
        "5%00, 'must be an integer written plainly, such as 3'",
        "5%2F6, 'must be an integer written plainly, such as 3'",
        "null, 'must be an integer written plainly, such as 3'",
        ".., 'must be an integer written plainly, such as 3'",
        "'1,2', 'must be an integer written plainly, such as 3'"
    })
    void whatIsNoTaskIdIsRefused(String id, String message) {
        Refused refused = Refused.with(400, "invalid-request", get(tasks() + "/" + id));
        assertThat(refused.parameters()).containsExactly("task_id");
        assertThat(refused.messages()).containsExactly(message);
    }

    @Test
    void anIdOfAThousandDigitsIsTooLarge() {
        Refused refused = Refused.with(400, "invalid-request", get(tasks() + "/" + "9".repeat(1000)));
        assertThat(refused.messages()).containsExactly("must be at most 9007199254740991");
    }

    @Test
    void theLargestIdIsJustNotThere() {
        Refused.with(404, "not-found", get(tasks() + "/9007199254740991"));
    }

    @Test
    void anEncodedIdIsTheSameId() {
        String encoded =
                task.chars().mapToObj(digit -> "%" + Integer.toHexString(digit)).reduce("", String::concat);
        get(tasks() + "/" + encoded).exchange().expectStatus().isOk();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "null",
                "NULL",
                "true",
                "5",
                "a b",
                " ",
                "100%",
                "%2F",
                "a+b",
                "a;b=1",
                "a?b#c",
                "..",
                ".",
                "ME",
                "\u00e9",
                "e\u0301",
                EMOJI,
                "\n",
                "\"'<>",
                "\\",
                "\u0001",
                "me\u200b",
                "auth0|5f7c8ec7c33c6c004bbafe82"
            })
    void aUserMayBeCalledAnything(String name) {
        assertOwnPathWorks(name);
    }

    @Test
    void aUserIdMayHave255Characters() {
        assertOwnPathWorks("x".repeat(255));
        assertOwnPathWorks(EMOJI.repeat(255));
    }

    @Test
    void theLongestUserIdPagesThroughTheLongestTitles() {
        String name = EMOJI.repeat(255);
        WebTestClient client = as(name);
        String path = "/api/" + UriUtils.encode(name, UTF_8) + "/tasks";
        create(client, path, EMOJI.repeat(200));
        create(client, path, EMOJI.repeat(200));
        String first = "http://localhost:" + port + path + "?limit=1&sort=-title&status=pending";
        JsonNode page = json(ok(client.get().uri(URI.create(first))));
        JsonNode next = json(ok(client.get()
                .uri(URI.create(first + "&cursor=" + page.path("next_cursor").asString()))));
        assertThat(next.path("items"))
                .hasSize(1)
                .doesNotContain(page.path("items").get(0));
    }

    /** The user is called me, and me in a path is the caller: here they are the same. */
    @Test
    void aUserMayBeCalledMe() {
        assertOwnPathWorks("me");
        Refused.with(403, "forbidden", as("me").get().uri(tasks()));
    }

    @ParameterizedTest
    @MethodSource
    void aUserIdThatNobodyCanHaveIsRefused(String encoded, String message) {
        Refused refused = Refused.with(400, "invalid-request", get("/api/" + encoded + "/tasks"));
        assertThat(refused.parameters()).containsExactly("user_id");
        assertThat(refused.messages()).containsExactly(message);
        Refused.with(401, "unauthenticated", anyone.get().uri(uri("/api/" + encoded + "/tasks/1")));
    }

    static Stream<Arguments> aUserIdThatNobodyCanHaveIsRefused() {
        return Stream.of(
                Arguments.of("a".repeat(256), "must have at most 255 characters"),
                Arguments.of("a".repeat(5_000), "must have at most 255 characters"),
                Arguments.of(UriUtils.encode(EMOJI.repeat(256), UTF_8), "must have at most 255 characters"),
                Arguments.of("%00", "must not contain U+0000"),
                Arguments.of("a%00b", "must not contain U+0000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%ff", "a%C3", "%c0%80", "%ED%A0%BD%ED%B8%80", "%f5%80%80%80"})
    void aUserIdIsUtf8(String encoded) {
        for (String path : new String[] {"/api/" + encoded + "/tasks", "/api/" + encoded + "/tasks/1"}) {
            assertThat(Refused.with(400, "invalid-request", get(path)).detail()).startsWith("The path is not UTF-8.");
            Refused.with(401, "unauthenticated", anyone.get().uri(uri(path)));
        }
        Refused.with(403, "forbidden", get("/api/%EF%BF%BD/tasks"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/me/tasks/",
                "/api/me//tasks",
                "//api/me/tasks",
                "/api//me/tasks",
                "/api/../api/me/tasks",
                "/api/me/../me/tasks",
                "/api/me/%2e/tasks",
                "/api/me%2Ftasks",
                "/api/me/tasks%2F1",
                "/API/me/tasks",
                "/api/me/Tasks",
                "/health/",
                "/Health",
                "/health/%2e%2e/health",
                "/openapi.yaml/",
                "/openapi%00.yaml",
                "/actuator/prometheus",
                "/error",
                "/favicon.ico"
            })
    void aPathIsTakenLiterally(String path) {
        Refused.with(404, "not-found", get(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/health;x=1", "/api/me/tasks;x=1", "/api/me;x=1/tasks", "/api;x=1/me/tasks", "/openapi.yaml;"})
    void pathsHaveNoParameters(String path) {
        assertThat(Refused.with(400, "invalid-request", get(path)).detail()).contains("%3B");
    }

    private void assertOwnPathWorks(String name) {
        WebTestClient client = as(name);
        String path = "/api/" + UriUtils.encode(name, UTF_8) + "/tasks";
        URI location = create(client, path, "Mine");
        boolean dots = name.equals(".") || name.equals("..");
        assertThat(location.getRawPath()).startsWith(dots ? "/api/me/tasks" : path);
        JsonNode found = json(ok(client.get().uri(URI.create("http://localhost:" + port + location))));
        assertThat(found.path("user_id").asString()).isEqualTo(name);
    }

    private URI create(WebTestClient client, String path, String title) {
        EntityExchangeResult<byte[]> created = client.post()
                .uri(URI.create("http://localhost:" + port + path))
                .header("Content-Type", "application/json")
                .bodyValue("{\"title\":\"" + title + "\"}")
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody()
                .returnResult();
        return requireNonNull(created.getResponseHeaders().getLocation());
    }

    private WebTestClient.RequestHeadersSpec<?> get(String rawPath) {
        return http.get().uri(uri(rawPath));
    }

    private URI uri(String rawPath) {
        return URI.create("http://localhost:" + port + rawPath);
    }

    private static EntityExchangeResult<byte[]> ok(WebTestClient.RequestHeadersSpec<?> request) {
        return request.exchange().expectStatus().isOk().expectBody().returnResult();
    }
}
