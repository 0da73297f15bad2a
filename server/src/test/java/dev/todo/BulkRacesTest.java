package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Bulk changes of the same tasks at once, and beside changes of single ones: nothing is lost, nothing done twice. */
class BulkRacesTest extends BulkTest {
    private static final int CLIENTS = 60;

    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

    @AfterEach
    void stop() {
        clients.shutdownNow();
    }

    @Test
    void eachOccurrenceIsFollowedOnceHoweverManyCompleteIt() {
        List<JsonNode> tasks = recurring(100);
        String all = ids(idsOf(tasks));

        atOnce(
                CLIENTS,
                i -> i < 40
                        ? sending("complete", all)
                        : http.patch().uri(tasks() + "/" + id(tasks.get(i)) + "/complete"));

        assertThat(list("&status=completed"))
                .hasSize(100)
                .allMatch(task -> task.path("version").asLong() == 2);
        List<JsonNode> next = list("&status=pending");
        assertThat(next)
                .hasSize(100)
                .allMatch(task -> task.path("due_date").asString().equals("2990-01-02"));
        assertThat(list("&status=completed"))
                .extracting(task -> task.path("next_occurrence_id").asLong())
                .containsExactlyInAnyOrderElementsOf(idsOf(next));
        assertThat(countOfTasks()).isEqualTo(200);
    }

    @Test
    void whatOthersChangeMeanwhileIsNotLost() {
        for (int round = 0; round < 5; round++) {
            List<JsonNode> tasks = createTasks(20);
            List<Long> ids = idsOf(tasks);
            String tag = "{\"ids\": %s, \"add_tags\": [\"%s\"]}";

            atOnce(24, i -> switch (i) {
                case 20 -> sending("update", tag.formatted(ids, "one"));
                case 21 -> sending("update", tag.formatted(ids, "two"));
                case 22 -> sending("complete", ids(ids));
                case 23 -> sending("update", "{\"filter\": {\"status\": \"all\"}, \"priority\": \"urgent\"}");
                default ->
                    http.patch()
                            .uri(tasks() + "/" + ids.get(i))
                            .contentType(MediaType.APPLICATION_JSON)
                            .bodyValue("{\"title\": \"Renamed\"}");
            });

            for (JsonNode task : tasks) {
                JsonNode changed = now(task);
                assertThat(changed.path("title").asString()).isEqualTo("Renamed");
                assertThat(changed.path("completed").asBoolean()).isTrue();
                assertThat(changed.path("priority").asString()).isEqualTo("urgent");
                assertThat(changed.path("tags").valueStream().map(JsonNode::asString))
                        .containsExactlyInAnyOrder("one", "two");
                assertThat(changed.path("version").asLong()).isEqualTo(6);
            }
        }
    }

    @Test
    void nobodyWaitsCrosswise() {
        List<Long> ids = new ArrayList<>(idsOf(createTasks(200)));
        List<Long> backwards = new ArrayList<>(ids);
        Collections.reverse(backwards);
        for (int round = 0; round < 10; round++) {
            String kind = round % 2 == 0 ? "complete" : "reopen";
            atOnce(
                    8,
                    i -> sending(
                            i % 2 == 0 ? kind : "update",
                            ids(i % 4 < 2 ? ids : backwards)
                                    .replace(
                                            "}",
                                            i % 2 == 0
                                                    ? "}"
                                                    : ", \"priority\": \"%s\"}".formatted(i < 4 ? "low" : "high"))));
        }
        assertThat(list("&status=completed")).isEmpty();
    }

    /** Each of them locks the account, tasks, and the count of tasks. */
    @Test
    void whateverChangesTasksMayComeAtOnce() {
        for (int round = 0; round < 5; round++) {
            List<JsonNode> tasks = recurring(20);
            List<Long> ids = idsOf(tasks);
            String zone = "{\"time_zone\": \"%s\"}".formatted(round % 2 == 0 ? "Asia/Tokyo" : "Europe/Berlin");
            atOnce(40, i -> switch (i % 8) {
                case 0 -> sending("complete", ids(ids));
                case 1 -> sending("delete", ids(ids.subList(5, 15)));
                case 2 -> sending("reopen", "{\"filter\": {\"status\": \"completed\"}}");
                case 3 ->
                    sending("update", "{\"filter\": {\"recurring\": true}, \"add_tags\": [\"t%d\"]}".formatted(i / 8));
                case 4 -> sending("delete", "{\"filter\": {\"status\": \"completed\", \"recurring\": true}}");
                case 5 ->
                    http.patch()
                            .uri("/api/auth/me")
                            .contentType(MediaType.APPLICATION_JSON)
                            .bodyValue(zone);
                case 6 -> http.patch().uri(tasks() + "/" + ids.get(i / 8) + "/complete");
                default ->
                    http.post()
                            .uri(tasks())
                            .contentType(MediaType.APPLICATION_JSON)
                            .bodyValue("{\"title\": \"New\"}");
            });
        }
        assertThat(countOfTasks()).isEqualTo(rows("tasks"));
        assertThat(rows("trash")).isPositive();
    }

    private List<JsonNode> recurring(int count) {
        String body = "{\"title\": \"Rent\", \"due_date\": \"2990-01-01\", \"recurrence\": \"FREQ=DAILY\"}";
        return IntStream.range(0, count)
                .mapToObj(i -> send(HttpMethod.POST, tasks(), body))
                .toList();
    }

    private void atOnce(int times, IntFunction<WebTestClient.RequestHeadersSpec<?>> request) {
        CyclicBarrier start = new CyclicBarrier(times);
        List<Integer> statuses = IntStream.range(0, times)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> untilAnswered(start, i, request), clients))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(statuses).isSubsetOf(200, 201, 404);
    }

    /** Comes again when a slow machine has no time for it. */
    private static int untilAnswered(
            CyclicBarrier start, int i, IntFunction<WebTestClient.RequestHeadersSpec<?>> request) {
        try {
            start.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
        return Stream.generate(() -> request.apply(i).exchange().expectBody().returnResult())
                .map(BulkRacesTest::status)
                .filter(status -> status != 503)
                .findFirst()
                .orElseThrow();
    }

    private static int status(EntityExchangeResult<byte[]> answer) {
        return answer.getStatus().value();
    }

    private long rows(String table) {
        return database.sql("select count(*) from " + table + " where user_id = :user_id")
                .bind("user_id", user)
                .one(row -> row.get(0, Long.class))
                .blockOptional()
                .orElseThrow();
    }
}
