package dev.todo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;

/** Attacks every operation that the contract has under a user's path. It names none: the next one is attacked too. */
class IsolationTest extends ServerTest {
    private static final String NOT_THERE = "9007199254740991";
    private static final String TITLE = "Top secret: the surprise party";

    private final String victim = "Victim-" + UUID.randomUUID();
    private WebTestClient asVictim;
    private JsonNode before;

    static Stream<ContractOperation> operations() {
        return ContractOperation.all().filter(operation -> operation.variables().contains("user_id"));
    }

    @BeforeEach
    void theVictimHasATask() {
        asVictim = as(victim);
        asVictim.post()
                .uri("/api/me/tasks")
                .header("Content-Type", "application/json")
                .bodyValue("{\"title\": \"" + TITLE + "\"}")
                .exchange()
                .expectStatus()
                .isCreated();
        before = victimsTasks();
        assertThat(before).hasSize(1);
    }

    @AfterEach
    void theVictimsTaskIsUnchanged() {
        assertThat(victimsTasks()).isEqualTo(before);
    }

    @Test
    void thereIsSomethingToAttack() {
        assertThat(operations()).isNotEmpty().noneMatch(ContractOperation::isPublic);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void nobodyComesInWithoutToken(ContractOperation operation) {
        for (String user : List.of(victim, "me")) {
            Refused refused = Refused.with(
                    401, "unauthenticated", operation.request(anyone, uri(operation, user, victimsTaskId())));
            assertThat(refused.headers().getFirst(HttpHeaders.WWW_AUTHENTICATE)).isEqualTo("Bearer");
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anotherUsersPathIsForbiddenHoweverItIsSpelled(ContractOperation operation) {
        String encoded = "%" + Integer.toHexString(victim.charAt(0)) + victim.substring(1);
        for (String spelled : List.of(
                victim,
                encoded,
                victim.toLowerCase(Locale.ROOT),
                victim.toUpperCase(Locale.ROOT),
                victim + ".",
                victim + "%2E",
                victim + "%20",
                "%20" + victim,
                victim + "%2F",
                victim + "%3Bx=1",
                victim + "%2F..%2F" + user,
                user + "%2F..%2F" + victim,
                "ME",
                "me%20",
                user + "%20",
                user.toUpperCase(Locale.ROOT),
                "..",
                "%2E%2E")) {
            URI uri = uri(operation, spelled, victimsTaskId());
            assertForbidden(operation.request(http, uri), uri);
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aUserIsNobodyElseThoughTheNamesLookAlike(ContractOperation operation) {
        String composed = "Andr\u00e9-" + victim;
        String decomposed = "Andre\u0301-" + victim;
        Map<String, String> alike = Map.of(
                victim.toLowerCase(Locale.ROOT),
                victim,
                victim + " ",
                victim,
                victim + "/",
                victim,
                composed,
                decomposed);
        alike.forEach((attacker, path) -> {
            URI uri = uri(operation, UriUtils.encode(path, UTF_8), victimsTaskId());
            assertForbidden(operation.request(as(attacker), uri), uri);
        });
    }

    @ParameterizedTest
    @MethodSource("operations")
    void pathParametersHideNoUser(ContractOperation operation) {
        for (String spelled : List.of(victim + ";x=1", victim + ";" + user)) {
            URI uri = uri(operation, spelled, victimsTaskId());
            assertForbidden(operation.request(http, uri), uri);
        }
        for (String spelled : List.of(user + ";x=1", "me;x=1", "me;" + victim)) {
            Refused.with(400, "invalid-request", operation.request(http, uri(operation, spelled, victimsTaskId())));
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aForeignIdIsAnsweredLikeOneThatIsNotThere(ContractOperation operation) {
        if (operation.variables().equals(Set.of("user_id"))) {
            return;
        }
        String current = "\"" + before.get(0).path("version").asLong() + "\"";
        for (String condition : List.of("", "*", current, "\"999999\"")) {
            Consumer<HttpHeaders> headers = sent -> {
                sent.set("X-Request-Id", "the-same-in-both");
                if (!condition.isEmpty()) {
                    operation.parameters("header").forEach(header -> sent.set(header.getName(), condition));
                }
            };
            for (String owner : List.of(user, "me")) {
                var foreign = answer(operation
                        .request(http, uri(operation, owner, victimsTaskId()))
                        .headers(headers));
                var missing = answer(operation
                        .request(http, uri(operation, owner, NOT_THERE))
                        .headers(headers));
                assertThat(foreign.getStatus().value()).isEqualTo(404);
                assertThat(missing.getStatus().value()).isEqualTo(404);
                assertThat(headersBesidesCounts(foreign)).isEqualTo(headersBesidesCounts(missing));
                assertThat(foreign.getResponseBodyContent()).isEqualTo(missing.getResponseBodyContent());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void meIsTheCaller(ContractOperation operation) {
        String own = createOccurrence().path("id").asString();
        var result = answer(operation.request(http, uri(operation, "me", own)));
        String text = new String(
                result.getResponseBodyContent() == null ? new byte[0] : result.getResponseBodyContent(), UTF_8);
        assertThat(result.getStatus().value()).as(text).isEqualTo(operation.success());
        assertThat(text).doesNotContain(victim, TITLE);
        // What tells of tasks tells whose they are; an import only how many.
        if (!text.isEmpty() && !operation.takesFile()) {
            assertThat(text).contains("\"user_id\":\"" + user + "\"");
        }
    }

    private static void assertForbidden(WebTestClient.RequestHeadersSpec<?> attack, URI uri) {
        Refused refused = Refused.with(403, "forbidden", attack);
        assertThat(refused.problem().toString()).as(uri.toString()).doesNotContain(TITLE);
    }

    /** Every id in the path becomes the one that is given; an operation with one of a new kind fails until it is known. */
    private URI uri(ContractOperation operation, String encodedUser, String taskId) {
        Map<String, String> variables = new HashMap<>();
        variables.put("user_id", encodedUser);
        variables.put("task_id", taskId);
        return operation.uri(port, variables);
    }

    private String victimsTaskId() {
        return before.get(0).path("id").asString();
    }

    private JsonNode victimsTasks() {
        return json(answer(asVictim.get().uri("/api/me/tasks"))).path("items");
    }

    private static EntityExchangeResult<byte[]> answer(WebTestClient.RequestHeadersSpec<?> request) {
        return request.exchange().expectBody().returnResult();
    }
}
