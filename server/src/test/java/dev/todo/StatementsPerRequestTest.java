package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Knowing who calls, and that they have not logged out, costs a request no statement. */
class StatementsPerRequestTest extends AccountTest {
    private final Logger statements = (Logger) LoggerFactory.getLogger("dev.todo.database.SqlStatement");
    private final ListAppender<ILoggingEvent> executed = new ListAppender<>();

    @BeforeEach
    void listen() {
        statements.setLevel(Level.DEBUG);
        statements.setAdditive(false);
        executed.start();
        statements.addAppender(executed);
    }

    @AfterEach
    void leave() {
        statements.detachAppender(executed);
        statements.setAdditive(true);
        statements.setLevel(null);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTaskRequestRunsTheStatementsOfTheTaskOnly(boolean withAnAccountHere) {
        WebTestClient client = withAnAccountHere ? with(register(newEmail())) : http;
        String task = "/api/me/tasks/"
                + json(post(client, "/api/me/tasks", "{\"title\": \"Count\"}")
                                .expectBody()
                                .returnResult())
                        .path("id")
                        .asLong();

        assertThat(statementsOf(() -> client.get().uri(task).exchange())).isEqualTo(1);
        assertThat(statementsOf(() -> client.get().uri("/api/me/tasks").exchange()))
                .isEqualTo(1);
        assertThat(statementsOf(() -> post(client, "/api/me/tasks", "{\"title\": \"Count\"}")))
                .isEqualTo(1);
        assertThat(statementsOf(() -> patch(client, task, "{\"title\": \"Count again\"}")))
                .isEqualTo(2);
        assertThat(statementsOf(() -> client.delete().uri(task).exchange())).isEqualTo(2);
    }

    @Test
    void whatIsAskedOrChangedOfAllTasksIsOneStatement() {
        createOccurrence();
        createOccurrence();
        String tags = "/api/me/tags";

        assertThat(statementsOf(() -> getJson(tasks() + "/stats"))).isEqualTo(1);
        assertThat(statementsOf(() -> getJson(tags))).isEqualTo(1);
        assertThat(statementsOf(() -> patch(http, tags + "/" + TAG, "{\"name\": \"home\"}")))
                .isEqualTo(1);
        assertThat(statementsOf(() -> http.delete().uri(tags + "/home").exchange()))
                .isEqualTo(1);
        assertThat(getJson(tags).path("items")).isEmpty();
    }

    /** Once more when it turns out that the user is not where it was thought, in UTC at first. */
    @Test
    void statisticsAreOneStatementButForTheFirstAfterAMove() {
        createTask("So that there is an account");
        for (String zone : List.of("Europe/Berlin", "Asia/Tokyo", "UTC")) {
            patch(http, "/api/auth/me", "{\"time_zone\": \"%s\"}".formatted(zone))
                    .expectStatus()
                    .isOk();
            assertThat(statementsOf(() -> assertStatsIn(zone))).isEqualTo(2);
            assertThat(statementsOf(() -> assertStatsIn(zone))).isEqualTo(1);
        }
    }

    private void assertStatsIn(String zone) {
        assertThat(getJson(tasks() + "/stats").path("time_zone").asString()).isEqualTo(zone);
    }

    @Test
    void aKeyCostsTwoStatementsMoreAndAReplayTwoInAll() {
        Runnable keyed = () -> http.post()
                .uri(tasks())
                .header("Idempotency-Key", "count")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"title\": \"Count\"}")
                .exchange()
                .expectStatus()
                .isCreated();
        createTask("So that there is an account");

        assertThat(statementsOf(keyed)).isEqualTo(3);
        assertThat(statementsOf(keyed)).isEqualTo(2);
    }

    /** The account's zone, the change, and the next occurrences. */
    @ParameterizedTest
    @ValueSource(ints = {1, 500})
    void aBulkChangeRunsAsManyStatementsForManyTasksAsForOne(int count) {
        giveAccount(user);
        Long[] ids = database.sql("""
                        insert into tasks (user_id, title, due_date, due_at, recurrence)
                        select :user_id, 'Count ' || n, '2990-01-01', '2990-01-01', 'FREQ=DAILY'
                        from generate_series(1, :count) as n
                        returning id
                        """)
                .bind("user_id", user)
                .bind("count", count)
                .list(row -> row.get(0, Long.class))
                .map(list -> list.toArray(Long[]::new))
                .blockOptional()
                .orElseThrow();
        String selection = "{\"ids\": " + Arrays.toString(ids);

        assertThat(statementsOf(() -> bulk("complete", selection + "}", count))).isEqualTo(3);
        assertThat(statementsOf(() -> bulk("reopen", selection + "}", count))).isEqualTo(2);
        assertThat(statementsOf(() -> bulk("complete", selection + ", \"dry_run\": true}", count)))
                .isEqualTo(2);
        assertThat(statementsOf(() -> bulk("update", selection + ", \"add_tags\": [\"a\"]}", count)))
                .isEqualTo(2);
        assertThat(statementsOf(() -> bulk("delete", selection + "}", count))).isEqualTo(2);
    }

    private void bulk(String kind, String body, int count) {
        post(http, tasks() + "/bulk/" + kind, body)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("changed")
                .isEqualTo(count);
    }

    /** Other than what the server asks by itself, every few seconds. */
    private long statementsOf(Runnable request) {
        executed.list.clear();
        request.run();
        return executed.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> !message.contains("revocations"))
                .count();
    }
}
