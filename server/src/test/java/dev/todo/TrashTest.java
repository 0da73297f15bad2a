package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deleted tasks are gone for everything but the trash, come back as they were, and end. */
class TrashTest extends ServerTest {
    @Test
    void aDeletedTaskIsGoneForAllButTheTrash() {
        JsonNode task = createTask("Pay the rent");
        delete(task);

        String path = tasks() + "/" + id(task);
        Refused.with(404, "not-found", http.get().uri(path));
        Refused.with(404, "not-found", http.delete().uri(path));
        Refused.with(404, "not-found", http.patch().uri(path + "/complete"));
        Refused.with(404, "not-found", http.get().uri(path + "/occurrences"));
        assertThat(getJson(tasks()).path("items")).isEmpty();
        assertThat(getJson(tasks() + "?q=rent").path("items")).isEmpty();

        JsonNode deleted = getJson(trash()).at("/items/0");
        assertThat(deleted.path("task")).isEqualTo(task);
        Instant at = Instant.parse(deleted.path("deleted_at").asString());
        assertThat(at).isAfter(Instant.parse(task.path("created_at").asString()));
        assertThat(Instant.parse(deleted.path("purge_at").asString())).isEqualTo(at.plus(Duration.ofDays(30)));
    }

    @Test
    void aRestoredTaskIsWhatItWasInANewVersion() {
        JsonNode task = json(post(tasks(), """
                {"title": "😀", "description": "d", "priority": "high", "tags": ["A", "b"], "due_date": "2990-01-31",
                 "due_time": "08:30", "due_time_zone": "Europe/Berlin", "reminders": [{"minutes_before": 5}],
                 "recurrence": "FREQ=MONTHLY;BYMONTHDAY=-1", "recurrence_mode": "after_completion"}
                """));
        delete(task);

        EntityExchangeResult<byte[]> answer = restore(id(task));

        JsonNode restored = json(answer);
        assertThat(answer.getResponseHeaders().getETag()).isEqualTo("\"2\"");
        assertThat(without(restored, "version", "updated_at")).isEqualTo(without(task, "version", "updated_at"));
        assertThat(restored.path("version").asLong()).isEqualTo(2);
        assertThat(getJson(tasks() + "/" + id(task))).isEqualTo(restored);
        assertThat(getJson(tasks() + "?tag=a&q=d").path("items")).containsExactly(restored);
        assertThat(getJson(trash()).path("items")).isEmpty();
    }

    @Test
    void whatIsDueWhereTheUserIsIsSoAfterAMove() {
        JsonNode task =
                json(post(tasks(), "{\"title\": \"t\", \"due_date\": \"2990-01-31\", \"due_time\": \"08:00\"}"));
        delete(task);
        http.patch()
                .uri("/api/auth/me")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"time_zone\": \"Asia/Tokyo\"}")
                .exchange()
                .expectStatus()
                .isOk();
        JsonNode restored = json(restore(id(task)));
        assertThat(restored.path("due_at").asString()).isEqualTo("2990-01-30T23:00:00Z");
    }

    @Test
    void aSeriesGoesOnWithItsOpenOccurrence() {
        JsonNode first = createOccurrence();
        JsonNode done = json(http.patch()
                .uri(tasks() + "/" + id(first) + "/complete")
                .exchange()
                .expectBody()
                .returnResult());
        long open = done.path("next_occurrence_id").asLong();
        http.delete().uri(tasks() + "/" + open).exchange().expectStatus().isNoContent();
        assertThat(getJson(tasks() + "/" + id(first) + "/occurrences").path("items"))
                .hasSize(1);

        restore(open);
        assertThat(getJson(tasks() + "/" + id(first) + "/occurrences").path("items"))
                .hasSize(2);
        JsonNode again = json(http.patch()
                .uri(tasks() + "/" + open + "/complete")
                .exchange()
                .expectBody()
                .returnResult());
        assertThat(again.path("next_occurrence_id").isNull()).isFalse();
    }

    @Test
    void isListedPageByPageTheLastDeletedFirst() {
        List<Long> ids = IntStream.range(0, 5)
                .mapToObj(i -> createTask("Task " + i))
                .map(TrashTest::id)
                .toList();
        ids.forEach(id ->
                http.delete().uri(tasks() + "/" + id).exchange().expectStatus().isNoContent());

        List<Long> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = getJson(trash() + "?limit=2" + cursor);
            page.path("items").forEach(item -> seen.add(item.at("/task/id").asLong()));
            // Whoever empties what was seen already changes nothing of what is still to come.
            http.delete()
                    .uri(trash() + "/" + seen.get(seen.size() - 1))
                    .exchange()
                    .expectStatus()
                    .isNoContent();
            cursor = page.path("next_cursor").isNull()
                    ? null
                    : "&cursor=" + page.path("next_cursor").asString();
        } while (cursor != null);
        assertThat(seen).containsExactly(ids.get(4), ids.get(3), ids.get(2), ids.get(1), ids.get(0));
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        for (int i = 0; i < 2; i++) {
            delete(createTask("Delete"));
            createTask("Keep");
        }
        String ofTasks = getJson(tasks() + "?limit=1").path("next_cursor").asString();
        String ofTrash = getJson(trash() + "?limit=1").path("next_cursor").asString();
        Refused.with(400, "invalid-cursor", http.get().uri(trash() + "?cursor=" + ofTasks));
        Refused.with(400, "invalid-cursor", http.get().uri(tasks() + "?cursor=" + ofTrash));
        Refused.with(400, "invalid-cursor", http.get().uri(trash() + "?cursor=AAAA"));
        Refused.with(400, "invalid-cursor", as(user + "-2").get().uri("/api/me/trash?cursor=" + ofTrash));
    }

    @Test
    void purgingIsForGood() {
        JsonNode one = createTask("One");
        JsonNode two = createTask("Two");
        JsonNode kept = createTask("Kept");
        delete(one);
        delete(two);

        http.delete().uri(trash() + "/" + id(one)).exchange().expectStatus().isNoContent();
        Refused.with(404, "not-found", http.delete().uri(trash() + "/" + id(one)));
        Refused.with(404, "not-found", http.post().uri(trash() + "/" + id(one) + "/restore"));
        Refused.with(404, "not-found", http.delete().uri(trash() + "/" + id(kept)));
        Refused.with(404, "not-found", http.post().uri(trash() + "/" + id(kept) + "/restore"));

        http.delete().uri(trash()).exchange().expectStatus().isNoContent();
        assertThat(getJson(trash()).path("items")).isEmpty();
        http.delete().uri(trash()).exchange().expectStatus().isNoContent();
        assertThat(getJson(tasks()).path("items")).hasSize(1);
    }

    @Test
    void deletingAndRestoringAtOnceLosesNothing() {
        List<JsonNode> all =
                IntStream.range(0, 10).mapToObj(i -> createTask("Task " + i)).toList();
        List<Integer> statuses = Flux.range(0, 200)
                .flatMap(
                        i -> Mono.fromCallable(() -> {
                                    long id = id(all.get(i % 10));
                                    return (i % 20 < 10
                                                    ? http.delete().uri(tasks() + "/" + id)
                                                    : http.post().uri(trash() + "/" + id + "/restore"))
                                            .exchange()
                                            .expectBody()
                                            .returnResult()
                                            .getStatus()
                                            .value();
                                })
                                .subscribeOn(Schedulers.boundedElastic()),
                        40)
                .collectList()
                .block();
        assertThat(statuses).isSubsetOf(200, 204, 404);
        assertThat(getJson(tasks()).path("items").size()
                        + getJson(trash()).path("items").size())
                .isEqualTo(10);
    }

    @Test
    void aRestoreMayBeSentAgain() {
        JsonNode task = createTask("Restored");
        JsonNode other = createTask("Not restored");
        delete(task);
        delete(other);
        String first = trash() + "/" + id(task) + "/restore";
        JsonNode restored = json(succeeding(http.post().uri(first).header("Idempotency-Key", "r")));
        delete(task);

        var again = succeeding(http.post().uri(first).header("Idempotency-Key", "r"));
        assertThat(json(again)).isEqualTo(restored);
        assertThat(again.getResponseHeaders().getFirst("Idempotency-Replayed")).isEqualTo("true");
        assertThat(getJson(trash()).path("items")).hasSize(2);
        Refused.with(
                422,
                "idempotency-key-reused",
                http.post().uri(trash() + "/" + id(other) + "/restore").header("Idempotency-Key", "r"));
    }

    @Test
    void anExportHoldsTheTrash() {
        JsonNode task = createTask("Gone");
        delete(task);
        JsonNode export = getJson("/api/auth/me/export");
        assertThat(export.path("tasks")).isEmpty();
        assertThat(export.at("/trash/0/task")).isEqualTo(task);
    }

    private EntityExchangeResult<byte[]> restore(long id) {
        return succeeding(http.post().uri(trash() + "/" + id + "/restore"));
    }

    private EntityExchangeResult<byte[]> post(String uri, String body) {
        return succeeding(
                http.post().uri(uri).contentType(MediaType.APPLICATION_JSON).bodyValue(body));
    }

    private static EntityExchangeResult<byte[]> succeeding(WebTestClient.RequestHeadersSpec<?> request) {
        return request.exchange().expectStatus().is2xxSuccessful().expectBody().returnResult();
    }

    private void delete(JsonNode task) {
        http.delete().uri(tasks() + "/" + id(task)).exchange().expectStatus().isNoContent();
    }

    private static JsonNode without(JsonNode task, String... fields) {
        return ((ObjectNode) task.deepCopy()).without(List.of(fields));
    }

    private static long id(JsonNode task) {
        return task.path("id").asLong();
    }

    private String trash() {
        return "/api/" + user + "/trash";
    }
}
