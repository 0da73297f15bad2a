package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** Many change tags, and the tasks that have them, at once: nothing is lost, and nobody waits crosswise. */
class TagRacesTest extends TaskBodyTest {
    private static final int AT_ONCE = 40;

    @Test
    void aRenameAndChangesOfTasksAllHappen() {
        List<String> tasks = createMany(AT_ONCE, "\"home\"");
        List<Integer> statuses = AtOnce.run(
                AT_ONCE + 1,
                i -> i == AT_ONCE
                        ? status(HttpMethod.PATCH, "/api/me/tags/home", "{\"name\": \"house\"}")
                        : status(HttpMethod.PATCH, tasks.get(i), "{\"title\": \"Number %d\"}".formatted(i)));
        assertThat(statuses).containsOnly(200);
        for (int i = 0; i < AT_ONCE; i++) {
            JsonNode task = getJson(tasks.get(i));
            assertThat(task.path("title").asString()).isEqualTo("Number " + i);
            assertThat(task.path("tags").toString()).isEqualTo("[\"house\"]");
            assertThat(task.path("version").asInt()).isEqualTo(3);
        }
    }

    @Test
    void ofManyRenamesAtOnceOneFindsTheTag() {
        List<String> tasks = createMany(20, "\"a\", \"home\"");
        List<Integer> statuses = AtOnce.run(
                AT_ONCE, i -> status(HttpMethod.PATCH, "/api/me/tags/home", "{\"name\": \"name %d\"}".formatted(i)));
        assertThat(statuses).containsOnly(200, 404).containsOnlyOnce(200);
        String winner = "name " + statuses.indexOf(200);
        for (String task : tasks) {
            assertThat(getJson(task).path("tags").toString()).isEqualTo("[\"a\",\"%s\"]".formatted(winner));
            assertThat(getJson(task).path("version").asInt()).isEqualTo(2);
        }
    }

    @Test
    void whoRenamesCrosswiseEndsWithOneTag() {
        for (int round = 0; round < 5; round++) {
            List<String> tasks = new ArrayList<>(createMany(10, "\"a\""));
            tasks.addAll(createMany(10, "\"b\""));
            List<Integer> statuses = AtOnce.run(
                    8,
                    i -> i % 2 == 0
                            ? status(HttpMethod.PATCH, "/api/me/tags/a", "{\"name\": \"b\"}")
                            : status(HttpMethod.PATCH, "/api/me/tags/b", "{\"name\": \"a\"}"));
            assertThat(statuses).isSubsetOf(200, 404).contains(200);
            assertThat(tagsOfAll(tasks))
                    .as("as if one had come after the other")
                    .hasSize(1);
        }
    }

    @Test
    void whatChangesManyTasksWaitsInOneOrder() {
        giveAccount(user);
        // Due where the user is, so that they change when the user moves; and kept in another order than by id.
        database.sql("""
                        insert into tasks (user_id, id, title, tags, tag_keys, due_date, due_at)
                        select :user_id, 1000000000 - n, 'a', '{a,b,c}', '{a,b,c}', date '2030-01-01' + n, '2030-01-01Z'
                        from generate_series(1, 500) as n
                        """).bind("user_id", user).count().block();
        for (int round = 0; round < 4; round++) {
            List<Integer> statuses = AtOnce.run(8, i -> switch (i % 4) {
                case 0 -> status(HttpMethod.PATCH, "/api/me/tags/a", "{\"name\": \"b\"}");
                case 1 -> status(HttpMethod.PATCH, "/api/me/tags/b", "{\"name\": \"a\"}");
                case 2 -> status(HttpMethod.DELETE, "/api/me/tags/c", null);
                default -> status(HttpMethod.PATCH, "/api/auth/me", inZone(i < 4 ? "Asia/Tokyo" : "UTC"));
            });
            assertThat(statuses).isSubsetOf(200, 204, 404).contains(200);
            assertThat(getJson("/api/me/tags").path("items")).hasSize(1);
            assertThat(getJson("/api/me/tags").at("/items/0/tasks").asInt()).isEqualTo(500);
        }
    }

    private static String inZone(String zone) {
        return "{\"time_zone\": \"%s\"}".formatted(zone);
    }

    private Set<String> tagsOfAll(List<String> tasks) {
        return tasks.stream().map(task -> getJson(task).path("tags").toString()).collect(Collectors.toSet());
    }

    private List<String> createMany(int count, String tags) {
        String body = "{\"title\": \"a\", \"tags\": [%s]}".formatted(tags);
        return IntStream.range(0, count)
                .mapToObj(i -> json(sending(HttpMethod.POST, tasks(), body)
                                .exchange()
                                .expectStatus()
                                .isCreated()
                                .expectBody()
                                .returnResult())
                        .path("id")
                        .asLong())
                .map(id -> tasks() + "/" + id)
                .toList();
    }

    private int status(HttpMethod method, String uri, @Nullable String body) {
        return (body == null ? http.method(method).uri(uri) : sending(method, uri, body))
                .exchange()
                .expectBody()
                .returnResult()
                .getStatus()
                .value();
    }
}
