package dev.todo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Which cursors are refused: a cursor opens nothing but the list it was given for. */
class CursorTest extends ServerTest {
    private static final int KEY_AT = 17;

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
    void aCursorThatIsDamagedInAnyBitShowsNothingOfOthers(String query) {
        byte[] whole = bytes(cursor(query));
        int refused = 0;
        for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            refused += refusedOrMine(query, encoded(damaged)) ? 1 : 0;
        }
        // The format and the digest.
        assertThat(refused).isGreaterThanOrEqualTo(9 * Byte.SIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sort=-created_at", "sort=title"})
    void aCursorWithAnyCharacterChangedShowsNothingOfOthers(String query) {
        String whole = cursor(query);
        for (int at = 0; at < whole.length(); at++) {
            for (char other : new char[] {'A', '_'}) {
                refusedOrMine(query, whole.substring(0, at) + other + whole.substring(at + 1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sort=-created_at", "sort=-updated_at"})
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
    void aTruncatedOrLengthenedTitleShowsNothingOfOthers() {
        String whole = cursor("sort=title");
        for (int length = 1; length < 22; length++) {
            refused(list(http, "sort=title", whole.substring(0, length)), "invalid-cursor");
        }
        refusedOrMine("sort=title", whole + "YWFh");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE, -9_000_000_000_000_000_00L, 9_000_000_000_000_000_00L})
    void aForgedTimeOutsideOfAllCalendarsIsRefused(long micros) {
        for (String query : new String[] {"sort=-created_at", "sort=updated_at"}) {
            byte[] forged = bytes(cursor(query));
            ByteBuffer.wrap(forged).putLong(KEY_AT, micros);
            refused(list(http, query, encoded(forged)), "invalid-cursor");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})
    void aForgedIdShowsNothingOfOthers(long id) {
        for (String query : new String[] {"sort=-created_at", "sort=title"}) {
            byte[] forged = bytes(cursor(query));
            ByteBuffer.wrap(forged).putLong(KEY_AT - Long.BYTES, id);
            refusedOrMine(query, encoded(forged));
        }
    }

    @Test
    void aForgedTitleThatNoTaskCanHaveIsRefused() {
        refused(list(http, "sort=title", withTitle("a\0b".getBytes(UTF_8))), "invalid-cursor");
        refused(list(http, "sort=title", withTitle("a".repeat(201).getBytes(UTF_8))), "invalid-cursor");
        refused(list(http, "sort=title", withTitle(new byte[] {(byte) 0xc3})), "invalid-cursor");
        refused(list(http, "sort=title", withTitle("a".repeat(5_000).getBytes(UTF_8))), "invalid-request");
    }

    @Test
    void nonsenseIsRefused() {
        refused(list(http, "limit=1", "A".repeat(4_096)), "invalid-cursor");
        JsonNode problem = refused(list(http, "limit=1", "A".repeat(5_000)), "invalid-request");
        assertThat(problem.get("errors").values())
                .extracting(error -> error.get("parameter").asString())
                .containsExactly("cursor");
    }

    private boolean refusedOrMine(String query, String cursor) {
        EntityExchangeResult<byte[]> answer =
                list(http, query, cursor).expectBody().returnResult();
        JsonNode body = json(answer);
        if (answer.getStatus().value() == 400) {
            assertThat(body.get("code").asString()).as(cursor).isEqualTo("invalid-cursor");
            return true;
        }
        assertThat(answer.getStatus().value()).as(cursor).isEqualTo(200);
        assertThat(body.get("items").values())
                .extracting(task -> task.get("user_id").asString())
                .allMatch(user::equals);
        return false;
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

    private String withTitle(byte[] title) {
        byte[] head = Arrays.copyOf(bytes(cursor("sort=title")), KEY_AT);
        return encoded(
                ByteBuffer.allocate(KEY_AT + title.length).put(head).put(title).array());
    }

    private static byte[] bytes(String cursor) {
        return Base64.getUrlDecoder().decode(cursor);
    }

    private static String encoded(byte[] cursor) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }
}
