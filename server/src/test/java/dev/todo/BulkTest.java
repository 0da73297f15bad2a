package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Changes many tasks at once. */
abstract class BulkTest extends ServerTest {
    protected JsonNode bulk(String kind, String body) {
        return json(sending(kind, body)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult());
    }

    protected WebTestClient.RequestBodySpec bulkRequest(String kind) {
        return http.post().uri(tasks() + "/bulk/" + kind).contentType(MediaType.APPLICATION_JSON);
    }

    protected WebTestClient.RequestHeadersSpec<?> sending(String kind, String body) {
        return bulkRequest(kind).bodyValue(body);
    }

    protected static String ids(Collection<Long> ids) {
        return "{\"ids\": %s}".formatted(ids);
    }

    protected JsonNode create(String fields) {
        return send(HttpMethod.POST, tasks(), "{%s}".formatted(fields.replace('\'', '"')));
    }

    protected List<JsonNode> createTasks(int count) {
        return IntStream.range(0, count).mapToObj(i -> createTask("Task " + i)).toList();
    }

    protected JsonNode send(HttpMethod method, String uri, String body) {
        return json(http.method(method)
                .uri(uri)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .is2xxSuccessful()
                .expectBody()
                .returnResult());
    }

    protected JsonNode completeOne(JsonNode task) {
        return json(http.patch()
                .uri(tasks() + "/" + id(task) + "/complete")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult());
    }

    protected JsonNode now(JsonNode task) {
        return get(id(task));
    }

    protected JsonNode get(long id) {
        return getJson(tasks() + "/" + id);
    }

    protected List<JsonNode> list(String query) {
        return getJson(tasks() + "?limit=200" + query)
                .path("items")
                .valueStream()
                .toList();
    }

    protected static long id(JsonNode task) {
        return task.path("id").asLong();
    }

    protected static List<Long> idsOf(List<JsonNode> tasks) {
        return tasks.stream().map(BulkTest::id).toList();
    }

    protected static String withIds(List<JsonNode> tasks, String more) {
        return "{\"ids\": " + idsOf(tasks) + more;
    }

    protected static void assertResult(JsonNode result, int matched, int changed) {
        assertResult(result, matched, changed, false);
    }

    protected static void assertResult(JsonNode result, int matched, int changed, boolean dryRun) {
        assertThat(result.toString())
                .isEqualTo(
                        ("{\"dry_run\":%s,\"matched\":%d,\"changed\":%d,\"not_found\":[]," + "\"next_occurrences\":0}")
                                .formatted(dryRun, matched, changed));
    }

    protected long countOfTasks() {
        return database.sql("select tasks::bigint from task_counts where user_id = :user_id")
                .bind("user_id", user)
                .one(row -> row.get(0, Long.class))
                .blockOptional()
                .orElseThrow();
    }
}
