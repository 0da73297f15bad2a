package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The list of tags: which, how they are spelled, in what order, and how it is walked. */
class TagListTest extends TaskBodyTest {
    private static final String TAGS = "/api/me/tags";

    @Test
    void whoHasNoTasksHasNoTags() {
        createTask("Without");
        assertThat(getJson(TAGS).toString()).isEqualTo("{\"items\":[],\"next_cursor\":null}");
    }

    @Test
    void eachTagIsListedOnceWithItsTasks() {
        create("pending", "home", "Money");
        create("pending", "HOME");
        create("completed", "home", "straße");
        create("completed", "STRASSE");
        create("pending", "Ärger", "zoo", "😀");
        assertThat(getJson(TAGS).path("items").valueStream().map(JsonNode::toString))
                .containsExactly(
                        tag("😀", 1, 1),
                        tag("Ärger", 1, 1),
                        tag("home", 3, 2),
                        tag("Money", 1, 1),
                        tag("STRASSE", 2, 0),
                        tag("zoo", 1, 1));
    }

    @Test
    void theSpellingOfMostTasksIsShownAndOfATieTheLesser() {
        create("pending", "Home");
        assertThat(walk(50)).containsExactly("Home");
        create("pending", "home");
        assertThat(walk(50)).containsExactly("Home");
        String task = create("pending", "home");
        assertThat(walk(50)).containsExactly("home");
        http.delete().uri(task).exchange().expectStatus().isNoContent();
        assertThat(walk(50)).containsExactly("Home");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 200})
    void pagesPutTogetherAreTheList(int limit) {
        create("pending", "b", "A", "ä", "C 1", "c-1", "1", "'; --", "%_");
        create("pending", "null", "Ω", "日本", "👩‍💻", "\\", "\"", "a/b", "..");
        List<String> all = getJson(TAGS)
                .path("items")
                .valueStream()
                .map(tag -> tag.path("name").asString())
                .toList();
        assertThat(all).hasSize(16).doesNotHaveDuplicates();
        assertThat(all).containsSubsequence("A", "ä", "b", "C 1", "null", "Ω", "日本");
        assertThat(walk(limit)).containsExactlyElementsOf(all);
    }

    @Test
    void whatComesAndGoesMeanwhileHidesNothing() {
        String b = create("pending", "b");
        create("pending", "a", "c", "d");
        JsonNode first = page(2, null);
        http.delete().uri(b).exchange().expectStatus().isNoContent();
        create("pending", "aa", "bb");
        assertThat(names(page(50, first.path("next_cursor").asString()))).containsExactly("bb", "c", "d");
    }

    /** Compatibility forms may be eighteen times as long where they are compared. */
    @Test
    void theLongestTagsFitACursor() {
        String emoji = "😀".repeat(50);
        String expanding = "\ufdfa".repeat(50);
        create("pending", emoji, expanding, "z".repeat(50), "last");
        assertThat(walk(1)).containsExactlyInAnyOrder(emoji, expanding, "z".repeat(50), "last");
    }

    @Test
    void aCursorBelongsToItsUserAndItsList() {
        create("pending", "a", "b");
        create("pending", "a", "b");
        String ofTags = page(1, null).path("next_cursor").asString();
        String ofTasks = getJson(tasks() + "?limit=1").path("next_cursor").asString();
        Refused.with(400, "invalid-cursor", as("other-" + user).get().uri(TAGS + "?cursor=" + ofTags));
        Refused.with(400, "invalid-cursor", http.get().uri(TAGS + "?cursor=" + ofTasks));
        Refused.with(400, "invalid-cursor", http.get().uri(tasks() + "?cursor=" + ofTags));
        assertThat(names(page(50, ofTags))).containsExactly("b");
    }

    @Test
    void aDamagedCursorIsRefused() {
        create("pending", "home", "money");
        byte[] whole =
                Base64.getUrlDecoder().decode(page(1, null).path("next_cursor").asString());
        for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(damaged);
            Refused.with(400, "invalid-cursor", http.get().uri(TAGS + "?cursor=" + cursor));
        }
        Refused.with(400, "invalid-cursor", http.get().uri(TAGS + "?cursor=AAAA"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "limit="})
    void aLimitIsOneToTwoHundred(String query) {
        assertThat(Refused.with(400, "invalid-request", http.get().uri(TAGS + "?" + query))
                        .parameters())
                .containsExactly("limit");
    }

    @Test
    void tagsOfOthersAreNotListed() {
        create("pending", "mine");
        JsonNode others = json(as("other-" + user)
                .get()
                .uri(TAGS)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult());
        assertThat(others.path("items")).isEmpty();
    }

    private static String tag(String name, int tasks, int pending) {
        return "{\"name\":\"%s\",\"tasks\":%d,\"pending\":%d}".formatted(name, tasks, pending);
    }

    private List<String> walk(int limit) {
        List<String> names = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page = page(limit, cursor);
            assertThat(page.path("items").size()).isBetween(1, limit);
            names.addAll(names(page));
            cursor = page.path("next_cursor").isNull()
                    ? null
                    : page.path("next_cursor").asString();
        } while (cursor != null);
        return names;
    }

    private JsonNode page(int limit, @Nullable String cursor) {
        return getJson(TAGS + "?limit=" + limit + (cursor == null ? "" : "&cursor=" + cursor));
    }

    private static List<String> names(JsonNode page) {
        return page.path("items")
                .valueStream()
                .map(tag -> tag.path("name").asString())
                .toList();
    }

    private String create(String status, String... tags) {
        ObjectNode body =
                JsonMapper.shared().createObjectNode().put("title", "a").put("completed", status.equals("completed"));
        List.of(tags).forEach(body.putArray("tags")::add);
        return tasks() + "/"
                + json(sending(HttpMethod.POST, tasks(), body.toString())
                                .exchange()
                                .expectStatus()
                                .isCreated()
                                .expectBody()
                                .returnResult())
                        .path("id")
                        .asLong();
    }
}
