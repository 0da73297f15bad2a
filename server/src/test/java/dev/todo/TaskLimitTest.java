package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.database.SideDoor;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A user who has 100,000 tasks gets no more, however they would come. */
class TaskLimitTest extends ServerTest {
    @Autowired
    private BeanFactory beans;

    private long recurring;
    private long deleted;

    @BeforeEach
    void fill() throws SQLException {
        recurring = createOccurrence().path("id").asLong();
        deleted = createTask("Deleted").path("id").asLong();
        http.delete().uri(tasks() + "/" + deleted).exchange().expectStatus().isNoContent();
        try (var side = SideDoor.open(beans);
                var sql = side.createStatement()) {
            sql.execute("""
                    insert into tasks (user_id, title) select '%s', 'Task ' || n from generate_series(1, 99989) n
                    """.formatted(user));
        }
    }

    @Test
    void theLastTenAreGivenOnceHoweverManyComeAtOnceAndNoneAfter() {
        List<Integer> statuses = Objects.requireNonNull(Flux.range(0, 40)
                .flatMap(
                        i -> Mono.fromCallable(() -> create().exchange()
                                        .expectBody()
                                        .returnResult()
                                        .getStatus()
                                        .value())
                                .subscribeOn(Schedulers.boundedElastic()),
                        40)
                .collectList()
                .block());
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(10);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(30);

        String open = tasks() + "/" + recurring;
        refused(create());
        refused(create().header("Idempotency-Key", "one-more"));
        refused(http.post().uri("/api/me/trash/" + deleted + "/restore"));
        refused(http.patch().uri(open + "/complete"));
        refused(http.patch().uri(open).contentType(MediaType.APPLICATION_JSON).bodyValue("{\"completed\": true}"));
        refused(http.put().uri(open).contentType(MediaType.APPLICATION_JSON).bodyValue("""
                {"title": "t", "completed": true, "due_date": "2990-01-01", "recurrence": "FREQ=DAILY"}
                """));
        refused(http.post()
                .uri(tasks() + "/bulk/complete")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"ids\": [" + recurring + "]}"));
        refused(http.post()
                .uri("/api/me/import")
                .contentType(MediaType.APPLICATION_NDJSON)
                .bodyValue("{\"title\": \"One more\"}"));
        assertThat(getJson(open).path("completed").asBoolean()).isFalse();
        assertThat(getJson("/api/me/trash").at("/items/0/task/id").asLong()).isEqualTo(deleted);

        String another = getJson(tasks() + "?limit=1").at("/items/0/id").asString();
        http.delete().uri(tasks() + "/" + another).exchange().expectStatus().isNoContent();
        create().header("Idempotency-Key", "one-more").exchange().expectStatus().isCreated();
        refused(create());
    }

    private WebTestClient.RequestHeadersSpec<?> create() {
        return http.post().uri(tasks()).contentType(MediaType.APPLICATION_JSON).bodyValue("{\"title\": \"One more\"}");
    }

    private static void refused(WebTestClient.RequestHeadersSpec<?> request) {
        Refused.with(409, "too-many-tasks", request);
    }
}
