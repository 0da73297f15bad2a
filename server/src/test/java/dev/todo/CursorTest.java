package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Which cursors are refused: a cursor opens nothing but the list it was given for. */
class CursorTest extends ServerTest {
    @BeforeEach
    void threeTasks() {
        createTask("a");
        createTask("b");
        createTask("c");
    }

    @ParameterizedTest
    @CsvSource({
        "status=pending, status=all",
        "status=pending, status=completed",
        "status=all,     status=pending",
        "sort=title,     sort=-title",
        "sort=title,     sort=created_at",
        "sort=-title,    sort=-updated_at",
        "sort=created_at,  sort=updated_at",
        "sort=-created_at, sort=created_at",
        "sort=updated_at,  sort=title",
    })
    void aCursorOfAnotherFilterOrOrderIsRefused(String query, String other) {
        refused(list(http, other, cursor(query)), "invalid-cursor");
        list(http, query, cursor(query)).expectStatus().isOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sort=-created_at", "sort=title"})
    void aCursorOfAnotherUserIsRefused(String query) {
        refused(list(as("other-" + user), "/api/me/tasks", query, cursor(query)), "invalid-cursor");
    }

    @Test
    void theDefaultsAndMeAreTheSameList() {
        String cursor = cursor("sort=-created_at");
        list(http, "sort=-created_at&status=all", cursor).expectStatus().isOk();
        String uri = tasks() + "?limit=2&cursor=" + cursor;
        assertThat(getJson(uri).get("items").values())
                .extracting(task -> task.get("title").asString())
                .containsExactly("b", "a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sort=-created_at", "sort=updated_at&status=pending", "sort=title", "sort=-title"})
    void aCursorThatIsDamagedInAnyBitIsRefused(String query) {
        byte[] whole = Base64.getUrlDecoder().decode(cursor(query));
        for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(damaged);
            refused(list(http, query, cursor), "invalid-cursor");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sort=-created_at", "sort=title"})
    void aCursorWithAnyCharacterChangedIsRefused(String query) {
        String whole = cursor(query);
        for (int at = 0; at < whole.length(); at++) {
            for (char other : new char[] {'A', 'B', '_'}) {
                if (whole.charAt(at) != other) {
                    String changed = whole.substring(0, at) + other + whole.substring(at + 1);
                    refused(list(http, query, changed), "invalid-cursor");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sort=-created_at", "sort=-updated_at", "sort=title"})
    void aTruncatedOrLengthenedCursorIsRefused(String query) {
        String whole = cursor(query);
        for (int length = 1; length < whole.length(); length++) {
            refused(list(http, query, whole.substring(0, length)), "invalid-cursor");
        }
        refused(list(http, query, whole + "A"), "invalid-cursor");
        refused(list(http, query, whole + "AAAA"), "invalid-cursor");
        refused(list(http, query, whole + whole), "invalid-cursor");
    }

    @Test
    void nonsenseIsRefused() {
        refused(list(http, "limit=1", "A".repeat(4_096)), "invalid-cursor");
        JsonNode problem = refused(list(http, "limit=1", "A".repeat(5_000)), "invalid-request");
        assertThat(problem.get("errors").values())
                .extracting(error -> error.get("parameter").asString())
                .containsExactly("cursor");
    }

    private JsonNode refused(WebTestClient.ResponseSpec answer, String code) {
        JsonNode problem =
                json(answer.expectStatus().isBadRequest().expectBody().returnResult());
        assertThat(problem.get("code").asString()).isEqualTo(code);
        return problem;
    }

    private WebTestClient.ResponseSpec list(WebTestClient client, String query, String cursor) {
        return list(client, tasks(), query, cursor);
    }

    private static WebTestClient.ResponseSpec list(WebTestClient client, String path, String query, String cursor) {
        return client.get().uri(path + "?" + query + "&cursor=" + cursor).exchange();
    }

    private String cursor(String query) {
        return getJson(tasks() + "?limit=1&" + query).get("next_cursor").asString();
    }
}
