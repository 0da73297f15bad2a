package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a list shows, in what order, and where its pages end. */
class ListTest extends ServerTest {
    @Test
    void aUserWithoutTasksHasAnEmptyList() {
        JsonNode page = getJson(tasks());
        assertThat(page.get("items")).isEmpty();
        assertThat(page.get("next_cursor").isNull()).isTrue();
    }

    /** In the order of their ids: a and d and e tie in created_at, b and e, and c and d in updated_at. */
    @ParameterizedTest
    @CsvSource({
        "created_at,  c a d e b",
        "-created_at, b e d a c",
        "updated_at,  b e c d a",
        "-updated_at, a d c e b",
        "title,       a b c d e",
        "-title,      e d c b a",
    })
    void eachOrderIsKeptAndTiesGoByIdInTheSameDirection(String sort, String expected) {
        insert("a", false, 2, 9);
        insert("b", false, 3, 5);
        insert("c", false, 1, 7);
        insert("d", false, 2, 7);
        insert("e", false, 2, 5);
        assertThat(titles(getJson(tasks() + "?sort=" + sort))).containsExactly(expected.split(" "));
        for (int limit = 1; limit <= 5; limit++) {
            assertThat(walk("sort=" + sort, limit)).containsExactly(expected.split(" "));
        }
        if (sort.equals("-created_at")) {
            assertThat(titles(getJson(tasks()))).containsExactly(expected.split(" "));
        }
    }

    @ParameterizedTest
    @CsvSource({"title,1 2 3 4", "-title,4 3 2 1"})
    void equalTitlesGoByIdInTheSameDirection(String sort, String expected) {
        IntStream.rangeClosed(1, 4).forEach(hour -> insert("same", false, hour, hour));
        String hours = expected.replaceAll("(\\d)", "2026-01-01T0$1:00:00Z");
        assertThat(getJson(tasks() + "?sort=" + sort).get("items").values())
                .extracting(task -> task.get("created_at").asString())
                .containsExactly(hours.split(" "));
        assertThat(walk("sort=" + sort, 1)).hasSize(4);
    }

    @Test
    void titlesAreOrderedAsInADictionary() {
        for (String title : new String[] {"Z", "b", "ä", "z", "A", "a", "Ärger", "az", "10", "ß", "st"}) {
            insert(title, false, 1, 1);
        }
        String[] dictionary = {"10", "a", "A", "ä", "Ärger", "az", "b", "ß", "st", "z", "Z"};
        assertThat(titles(getJson(tasks() + "?sort=title"))).containsExactly(dictionary);
        assertThat(walk("sort=title", 1)).containsExactly(dictionary);
    }

    @ParameterizedTest
    @CsvSource({
        "status=all,               d c b a",
        "status=pending,           c a",
        "status=completed,         d b",
        "status=completed&sort=title, b d",
        "sort=-title&status=pending,  c a",
    })
    void theStatusFilters(String query, String expected) {
        insert("a", false, 1, 1);
        insert("b", true, 2, 2);
        insert("c", false, 3, 3);
        insert("d", true, 4, 4);
        assertThat(titles(getJson(tasks() + "?" + query))).containsExactly(expected.split(" "));
        assertThat(walk(query, 1)).containsExactly(expected.split(" "));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 7, 200})
    void nextCursorIsNullOnTheLastPageEvenWhenItIsFull(int limit) {
        IntStream.rangeClosed(1, 6).forEach(hour -> insert("t" + hour, false, hour, hour));
        int pages = 0;
        int seen = 0;
        String cursor = null;
        do {
            JsonNode page = page("limit=" + limit, cursor);
            seen += page.get("items").size();
            assertThat(page.get("items")).hasSize(Math.min(limit, 6 - pages * limit));
            cursor = next(page);
            pages++;
        } while (cursor != null);
        assertThat(seen).isEqualTo(6);
        assertThat(pages).isEqualTo((6 + limit - 1) / limit);
    }

    @Test
    void aPageHasFiftyTasksUnlessMoreAreAskedForAndAtMostTwoHundred() {
        giveAccount(user);
        database.sql("insert into tasks (user_id, title) select :user_id, 't' || n from generate_series(1, 201) n")
                .bind("user_id", user)
                .count()
                .block();
        assertThat(getJson(tasks()).get("items")).hasSize(50);
        JsonNode most = getJson(tasks() + "?limit=200");
        assertThat(most.get("items")).hasSize(200);
        assertThat(page("limit=200", next(most)).get("items")).hasSize(1);
    }

    @Test
    void theNextPageMayHaveAnotherSize() {
        IntStream.rangeClosed(1, 6).forEach(hour -> insert("t" + hour, false, hour, hour));
        JsonNode first = page("limit=1", null);
        JsonNode second = page("limit=3", next(first));
        JsonNode third = page("limit=100", next(second));
        assertThat(titles(first)).containsExactly("t6");
        assertThat(titles(second)).containsExactly("t5", "t4", "t3");
        assertThat(titles(third)).containsExactly("t2", "t1");
    }

    @Test
    void aListShowsTheCallersTasksOnly() {
        insert("mine", false, 1, 1);
        insert("theirs", false, 1, 1, "somebody-else-" + user);
        assertThat(titles(getJson(tasks()))).containsExactly("mine");
        assertThat(titles(getJson("/api/me/tasks"))).containsExactly("mine");
    }

    private List<String> walk(String query, int limit) {
        List<String> titles = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page = page(query + "&limit=" + limit, cursor);
            titles.addAll(titles(page));
            cursor = next(page);
        } while (cursor != null);
        return titles;
    }

    private JsonNode page(String query, @Nullable String cursor) {
        return getJson(tasks() + "?" + query + (cursor == null ? "" : "&cursor=" + cursor));
    }

    private static @Nullable String next(JsonNode page) {
        JsonNode next = page.get("next_cursor");
        return next.isNull() ? null : next.asString();
    }

    private static List<String> titles(JsonNode page) {
        return page.get("items").values().stream()
                .map(task -> task.get("title").asString())
                .toList();
    }

    private void insert(String title, boolean completed, int created, int updated) {
        insert(title, completed, created, updated, user);
    }

    private void insert(String title, boolean completed, int created, int updated, String userId) {
        giveAccount(userId);
        database.sql("""
                        insert into tasks (user_id, title, completed, created_at, updated_at)
                        values (:user_id, :title, :completed, :created_at, :updated_at)
                        """)
                .bind("user_id", userId)
                .bind("title", title)
                .bind("completed", completed)
                .bind("created_at", hour(created))
                .bind("updated_at", hour(updated))
                .count()
                .block();
    }

    private static Instant hour(int hour) {
        return Instant.parse("2026-01-01T0%d:00:00Z".formatted(hour));
    }
}
