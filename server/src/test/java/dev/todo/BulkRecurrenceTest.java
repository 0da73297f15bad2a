package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.database.SideDoor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Completing tasks that repeat, many at once: each is followed as if it had been completed by itself. */
class BulkRecurrenceTest extends BulkTest {
    private static final String NEXT = "next_occurrence_id";

    /** Nothing of it depends on the day of the test, but where that is the last of the year. */
    private static final List<String> KINDS = List.of(
            "'due_date': '2990-01-31', 'recurrence': 'FREQ=MONTHLY;BYMONTHDAY=-1', 'description': 'By bank',"
                    + " 'priority': 'high', 'tags': ['Home', 'Straße'], 'due_time': '09:00',"
                    + " 'due_time_zone': 'Europe/Berlin',"
                    + " 'reminders': [{'minutes_before': 5}, {'remind_at': '2990-01-30T08:00:00.123456Z'}]",
            "'due_date': '2990-01-01', 'recurrence': 'FREQ=WEEKLY;COUNT=3'",
            "'due_date': '2990-01-01', 'recurrence': 'FREQ=WEEKLY;COUNT=1'",
            "'due_date': '2990-01-01', 'recurrence': 'FREQ=DAILY;UNTIL=29900101'",
            "'due_date': '2990-01-01', 'due_time': '02:30', 'recurrence': 'FREQ=DAILY', 'completed': true",
            "'due_date': '2990-01-01'",
            "'due_date': '2020-06-01', 'recurrence': 'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1',"
                    + " 'recurrence_mode': 'after_completion'",
            "'due_date': '2020-01-01', 'due_time': '10:00', 'recurrence': 'FREQ=YEARLY;COUNT=100'",
            "'due_date': '9999-12-31', 'recurrence': 'FREQ=DAILY'");

    @Autowired
    private BeanFactory beans;

    @Test
    void eachIsFollowedAsIfItHadBeenCompletedByItself() {
        send(HttpMethod.PATCH, "/api/auth/me", "{\"time_zone\": \"America/New_York\"}");
        List<JsonNode> alone = createAll();
        List<JsonNode> together = createAll();

        List<JsonNode> expected = alone.stream().map(this::completeOne).toList();
        JsonNode result = bulk("complete", ids(idsOf(together)));

        assertThat(result.path("matched").asInt()).isEqualTo(KINDS.size());
        assertThat(result.path("changed").asInt()).isEqualTo(KINDS.size() - 1);
        assertThat(result.path("next_occurrences").asInt()).isEqualTo(4);
        for (int i = 0; i < KINDS.size(); i++) {
            JsonNode done = now(together.get(i));
            assertThat(told(done)).as(KINDS.get(i)).isEqualTo(told(expected.get(i)));
            assertThat(done.path("version")).isEqualTo(expected.get(i).path("version"));
            assertThat(done.path(NEXT).isNull())
                    .isEqualTo(expected.get(i).path(NEXT).isNull());
            if (!done.path(NEXT).isNull()) {
                JsonNode next = get(done.path(NEXT).asLong());
                assertThat(told(next))
                        .as(KINDS.get(i))
                        .isEqualTo(told(get(expected.get(i).path(NEXT).asLong())));
                assertThat(next.path("series_id")).isEqualTo(together.get(i).path("id"));
                assertThat(next.path("version").asLong()).isEqualTo(1);
                assertThat(next.path("created_at")).isEqualTo(next.path("updated_at"));
            }
        }
    }

    @Test
    void aSeriesGoesOnUntilItsCountIsUsedUp() {
        JsonNode first = create("'title': 'a', 'due_date': '2990-01-01', 'recurrence': 'FREQ=WEEKLY;COUNT=3'");
        String open = "{\"filter\": {\"recurring\": true, \"status\": \"pending\"}}";

        List<Integer> made = IntStream.range(0, 4)
                .map(i -> bulk("complete", open).path("next_occurrences").asInt())
                .boxed()
                .toList();

        assertThat(made).containsExactly(1, 1, 0, 0);
        List<JsonNode> series = getJson(tasks() + "/" + id(first) + "/occurrences")
                .path("items")
                .valueStream()
                .toList();
        assertThat(series)
                .extracting(task -> task.path("due_date").asString() + " "
                        + task.path("recurrence").asString())
                .containsExactly(
                        "2990-01-01 FREQ=WEEKLY;COUNT=3",
                        "2990-01-08 FREQ=WEEKLY;COUNT=2",
                        "2990-01-15 FREQ=WEEKLY;COUNT=1");
        assertThat(series).allMatch(task -> task.path("completed").asBoolean());
    }

    @Test
    void aTimeThatTheClocksSkipIsLaterWhereTheUserIs() {
        send(HttpMethod.PATCH, "/api/auth/me", "{\"time_zone\": \"Europe/Berlin\"}");
        LocalDate change = LocalDate.of(2990, 3, 31).with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
        JsonNode task = create("'title': 'a', 'due_date': '%s', 'due_time': '02:30', 'recurrence': 'FREQ=DAILY'"
                .formatted(change.minusDays(1)));

        bulk("complete", ids(idsOf(List.of(task))));

        JsonNode next = get(now(task).path(NEXT).asLong());
        assertThat(next.path("due_time").asString()).isEqualTo("02:30");
        assertThat(next.path("due_at").asString()).isEqualTo(change + "T01:30:00Z");
    }

    @Test
    void whatWasReopenedHasBeenFollowedAlready() {
        JsonNode task = create("'title': 'a', 'due_date': '2990-01-01', 'recurrence': 'FREQ=DAILY'");
        bulk("complete", ids(idsOf(List.of(task))));
        JsonNode done = now(task);
        bulk("reopen", ids(idsOf(List.of(task))));

        assertThat(bulk("complete", ids(idsOf(List.of(task))))
                        .path("next_occurrences")
                        .asInt())
                .isZero();
        assertThat(now(task).path(NEXT)).isEqualTo(done.path(NEXT));
        assertThat(list("")).hasSize(2);
    }

    /** The next occurrence of the last one cannot be kept: then nothing is. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allIsDoneOrNothing(boolean keyed) throws SQLException {
        List<JsonNode> tasks = Stream.concat(
                        createTasks(3).stream(),
                        Stream.of("Fine", "Cursed")
                                .map(title ->
                                        create("'title': '%s', 'due_date': '2990-01-01', 'recurrence': 'FREQ=DAILY'"
                                                .formatted(title))))
                .toList();
        List<JsonNode> before = list("");
        String body = ids(idsOf(tasks));
        String key = keyed ? "all-or-nothing" : null;
        sql("alter table tasks add constraint nothing_after check (title <> 'Cursed' or first_id is null) not valid");
        try {
            Refused.with(500, "internal-error", withKey(key, body));
        } finally {
            sql("alter table tasks drop constraint nothing_after");
        }
        assertThat(list("")).isEqualTo(before);

        JsonNode result = json(withKey(key, body)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .doesNotExist("Idempotency-Replayed")
                .expectBody()
                .returnResult());
        assertThat(result.path("changed").asInt()).isEqualTo(5);
        assertThat(result.path("next_occurrences").asInt()).isEqualTo(2);
    }

    private WebTestClient.RequestHeadersSpec<?> withKey(@Nullable String key, String body) {
        return key == null
                ? sending("complete", body)
                : bulkRequest("complete").header("Idempotency-Key", key).bodyValue(body);
    }

    private List<JsonNode> createAll() {
        return KINDS.stream().map(kind -> create("'title': 'Rent', " + kind)).toList();
    }

    /** All that does not tell one task from another. */
    private static Map<String, String> told(JsonNode task) {
        return task.propertyStream()
                .filter(field -> !List.of(
                                "id", "series_id", NEXT, "created_at", "updated_at", "completed_at", "version")
                        .contains(field.getKey()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, field -> field.getValue().toString()));
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = SideDoor.open(beans)) {
            connection.createStatement().execute(statement);
        }
    }
}
