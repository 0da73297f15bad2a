package dev.todo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tags get another name in all tasks at once, or go: what changes, what stays, and what is refused. */
class TagChangeTest extends TaskBodyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "home | household | a home b | a household b",
                "HOME | household | home | household",
                "home | Home | a home | a Home",
                "home | b | a home c b d | a b c d",
                "home | B | a b c home d | a B c d",
                "b | home | home b | home",
                "home | Home | HOME b | Home b",
                "straße | STRASSE | strasse | STRASSE",
                "home | 😀 | home 👩‍💻 | 😀 👩‍💻",
                "m² | m3 | m2 m | m3 m"
            })
    void aTaskGetsTheNewNameInItsPlace(String tag, String name, String before, String after) {
        String task = create(before.split(" ", -1));
        JsonNode renamed = renamed(tag, name);
        assertThat(renamed.toString()).isEqualTo("{\"name\":\"%s\",\"tasks\":1,\"pending\":1}".formatted(name));
        JsonNode changed = getJson(task);
        assertThat(tagsOf(changed)).containsExactly(after.split(" ", -1));
        assertThat(changed.path("version").asInt()).isEqualTo(2);
        assertThat(changed.path("updated_at").asString())
                .isGreaterThan(changed.path("created_at").asString());
        assertThat(getJson(tasks() + "?tag={tag}", name).path("items")).hasSize(1);
    }

    @Test
    void twoTagsBecomeOneAndTheAnswerCountsIt() {
        create("home");
        String both = create("house", "garden", "HOME");
        String only = create("Home");
        complete(create("house"));
        create("garden");
        assertThat(renamed("house", "home").toString()).isEqualTo("{\"name\":\"home\",\"tasks\":4,\"pending\":3}");
        assertThat(tagsOf(getJson(both))).containsExactly("home", "garden");
        assertThat(tagsOf(getJson(only))).containsExactly("Home");
        assertThat(names()).containsExactly("garden", "home");
    }

    @Test
    void theAnswerIsWhatTheListSays() {
        create("Home");
        create("Home");
        create("house");
        JsonNode answer = renamed("house", "home");
        assertThat(answer.path("name").asString()).isEqualTo("Home");
        assertThat(answer).isEqualTo(getJson("/api/me/tags").path("items").get(0));
    }

    @Test
    void whatDoesNotChangeStays() {
        String without = create("garden");
        String spelled = create("Home");
        String other = create("home");
        String before = getJson(without).toString() + getJson(spelled);
        renamed("home", "Home");
        assertThat(getJson(without).toString() + getJson(spelled)).isEqualTo(before);
        assertThat(getJson(other).path("version").asInt()).isEqualTo(2);
        before = getJson(tasks()).toString();
        assertThat(renamed("home", "Home").path("tasks").asInt()).isEqualTo(2);
        assertThat(getJson(tasks()).toString()).isEqualTo(before);
    }

    @Test
    void aDeletedTagIsOffAllTasks() {
        String task = create("a", "HOME", "b");
        String done = create("home");
        complete(done);
        String without = create("a");
        String before = getJson(without).toString();
        delete("Home").exchange().expectStatus().isNoContent();
        assertThat(tagsOf(getJson(task))).containsExactly("a", "b");
        assertThat(getJson(task).path("version").asInt()).isEqualTo(2);
        assertThat(tagsOf(getJson(done))).isEmpty();
        assertThat(getJson(done).path("completed").asBoolean()).isTrue();
        assertThat(getJson(without)).hasToString(before);
        assertThat(names()).containsExactly("a", "b");
        Refused gone = Refused.with(404, "not-found", delete("home"));
        assertThat(gone.detail()).isEqualTo("There is no such tag.");
        Refused.with(404, "not-found", rename("home", "{\"name\": \"b\"}"));
    }

    @Test
    void aTasksTimeNeverRunsBackwards() {
        String task = create("home", "b");
        database.sql("update tasks set updated_at = '2990-01-01Z' where user_id = :user_id")
                .bind("user_id", user)
                .count()
                .block();
        renamed("home", "c");
        delete("b").exchange().expectStatus().isNoContent();
        assertThat(getJson(task).path("updated_at").asString()).isEqualTo("2990-01-01T00:00:00Z");
        assertThat(getJson(task).path("version").asInt()).isEqualTo(3);
    }

    @Test
    void deletedTasksAndOthersKeepTheirTags() {
        String mine = create("home");
        WebTestClient other = as("other-" + user);
        createdBy(other, "home");
        database.sql("""
                        insert into trash (user_id, id, title, tags, tag_keys, deleted_at)
                        values (:user_id, 1, 'Gone', '{home}', '{home}', now())
                        """).bind("user_id", user).count().block();
        assertThat(renamed("home", "b").path("tasks").asInt()).isEqualTo(1);
        delete("b").exchange().expectStatus().isNoContent();
        assertThat(tagsOf(getJson(mine))).isEmpty();
        assertThat(json(other.get().uri("/api/me/tags").exchange().expectBody().returnResult())
                        .at("/items/0/name")
                        .asString())
                .isEqualTo("home");
        assertThat(database.sql("select tags from trash where user_id = :user_id")
                        .bind("user_id", user)
                        .one(row -> row.get(0, String[].class))
                        .block())
                .containsExactly("home");
    }

    @Test
    void aTagThatOnlyOthersHaveIsNotThere() {
        createdBy(as("other-" + user), "home");
        create("b");
        Refused.with(404, "not-found", rename("home", "{\"name\": \"b\"}"));
        Refused.with(404, "not-found", rename("home", "{\"name\": \"home\"}"));
        Refused.with(404, "not-found", delete("home"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b", "/", "50%", "%2F", "%", "a b", "a;b=1", ";", "a+b", "+", "a?b#c", "..", ".", "null", "true", "5",
                "-", "me", "stats", "😀", "👩‍💻", "日本", "e\u0301", "'\"<>", "\\", "a\nb", "{a}", "a&b=c", "*"
            })
    void aTagMayBeCalledAnything(String name) {
        String task = create(name, "b");
        assertThat(renamed(name, "c").path("name").asString()).isEqualTo("c");
        assertThat(tagsOf(getJson(task))).containsExactly("c", "b");
        assertThat(renamed("c", name).path("name").asString()).isEqualTo(name);
        delete(name).exchange().expectStatus().isNoContent();
        assertThat(tagsOf(getJson(task))).containsExactly("b");
    }

    @Test
    void whiteSpaceAroundATagIsNoPartOfIt() {
        String task = create("home");
        assertThat(renamed(" Home\t", "\u3000garden ").path("name").asString()).isEqualTo("garden");
        assertThat(tagsOf(getJson(task))).containsExactly("garden");
    }

    @Test
    void theLongestTagHasFiftyCharacters() {
        create("home");
        String longest = "😀".repeat(50);
        assertThat(renamed("home", longest).path("name").asString()).isEqualTo(longest);
        delete(longest).exchange().expectStatus().isNoContent();
    }

    static Stream<Arguments> whatIsNoNameIsRefused() {
        return Stream.of(
                Arguments.of("{\"name\": \"\"}", "/name", "must not be blank, and must have no comma"),
                Arguments.of("{\"name\": \" \\t\u3000\"}", "/name", "must not be blank, and must have no comma"),
                Arguments.of("{\"name\": \"\u200b\"}", "/name", "must not be blank, and must have no comma"),
                Arguments.of("{\"name\": \"a,b\"}", "/name", "must not be blank, and must have no comma"),
                Arguments.of("{\"name\": \"a\\u0000b\"}", "/name", "must not contain U+0000"),
                Arguments.of(
                        "{\"name\": \"%s\"}".formatted("a".repeat(51)), "/name", "must have at most 50 characters"),
                Arguments.of(
                        "{\"name\": \"%s\"}".formatted("😀".repeat(51)), "/name", "must have at most 50 characters"),
                Arguments.of("{\"name\": null}", "/name", "must be a string"),
                Arguments.of("{\"name\": 5}", "/name", "must be a string"),
                Arguments.of("{\"name\": [\"a\"]}", "/name", "must be a string"),
                Arguments.of("{}", "/name", "is required"),
                Arguments.of("{\"name\": \"a\", \"colour\": \"red\"}", "/colour", "is not a field of this request"));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNoNameIsRefused(String body, String pointer, String message) {
        String task = create("home");
        Refused refused = Refused.with(422, "invalid-content", rename("home", body));
        assertThat(refused.pointers()).containsExactly(pointer);
        assertThat(refused.messages()).containsExactly(message);
        assertThat(getJson(task).path("version").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "a%00b", "a,b", "a%2Cb", "%20", "%E2%80%8B", "%09"})
    void whatNoTagIsCalledIsRefusedInAPath(String encoded) {
        for (WebTestClient.RequestHeadersSpec<?> request :
                List.of(rename(uri(encoded), "{\"name\": \"a\"}"), http.delete().uri(uri(encoded)))) {
            assertThat(Refused.with(400, "invalid-request", request).parameters())
                    .containsExactly("tag");
        }
    }

    @Test
    void aTagInAPathHasItsBounds() {
        for (String tooLong : List.of("a".repeat(51), "😀".repeat(51))) {
            assertThat(Refused.with(400, "invalid-request", delete(tooLong)).messages())
                    .containsExactly("must have at most 50 characters");
        }
        Refused.with(404, "not-found", http.delete().uri(uri("")));
        Refused.with(404, "not-found", http.delete().uri(uri("a/b")));
        Refused.with(400, "invalid-request", http.delete().uri(uri("a;b")));
        Refused.with(400, "invalid-request", http.delete().uri(uri("%ff")));
    }

    private List<String> names() {
        return getJson("/api/me/tags")
                .path("items")
                .valueStream()
                .map(tag -> tag.path("name").asString())
                .toList();
    }

    private static List<String> tagsOf(JsonNode task) {
        return task.path("tags").valueStream().map(JsonNode::asString).toList();
    }

    private JsonNode renamed(String tag, String name) {
        ObjectNode body = JsonMapper.shared().createObjectNode().put("name", name);
        return json(rename(tag, body.toString())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult());
    }

    private WebTestClient.RequestHeadersSpec<?> rename(String tag, String body) {
        return rename(uri(UriUtils.encode(tag, UTF_8)), body);
    }

    private WebTestClient.RequestHeadersSpec<?> rename(URI uri, String body) {
        return http.patch().uri(uri).header("Content-Type", "application/json").bodyValue(body);
    }

    private WebTestClient.RequestHeadersSpec<?> delete(String tag) {
        return http.delete().uri(uri(UriUtils.encode(tag, UTF_8)));
    }

    private URI uri(String encodedTag) {
        return URI.create("http://localhost:" + port + "/api/me/tags/" + encodedTag);
    }

    private void complete(String task) {
        http.patch().uri(task + "/complete").exchange().expectStatus().isOk();
    }

    private String create(String... tags) {
        return createdBy(http, tags);
    }

    private static String createdBy(WebTestClient client, String... tags) {
        ObjectNode body = JsonMapper.shared().createObjectNode().put("title", "a");
        List.of(tags).forEach(body.putArray("tags")::add);
        JsonNode task = json(client.method(HttpMethod.POST)
                .uri("/api/me/tasks")
                .header("Content-Type", "application/json")
                .bodyValue(body.toString())
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody()
                .returnResult());
        return "/api/me/tasks/" + task.path("id").asLong();
    }
}
