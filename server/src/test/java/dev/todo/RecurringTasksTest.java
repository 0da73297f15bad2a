package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** Tasks that repeat: one open occurrence at a time, and a history. */
class RecurringTasksTest extends TaskBodyTest {
    private static final String NEXT = "next_occurrence_id";

    @ParameterizedTest
    @ValueSource(strings = {"complete", "PATCH", "PUT"})
    void completingMakesTheNextOccurrenceOnce(String way) {
        JsonNode rent = create(
                "\"description\": \"By bank\", \"priority\": \"high\", \"tags\": [\"home\"], \"due_date\": \"2990-01-31\","
                        + " \"due_time\": \"09:00\", \"due_time_zone\": \"Europe/Berlin\","
                        + " \"recurrence\": \"freq=monthly;bymonthday=-1\","
                        + " \"reminders\": [{\"minutes_before\": 5}, {\"remind_at\": \"2990-01-30T08:00:00Z\"}]");
        assertThat(rent.path("series_id")).isEqualTo(rent.path("id"));
        assertThat(rent.path("recurrence").asString()).isEqualTo("FREQ=MONTHLY;BYMONTHDAY=-1");

        JsonNode done = complete(rent, way);
        JsonNode next = get(done.path(NEXT).asLong());

        assertThat(done.path("completed").asBoolean()).isTrue();
        assertThat(done.path("due_date").asString()).isEqualTo("2990-01-31");
        assertThat(next.path("completed").asBoolean()).isFalse();
        assertThat(next.path("due_date").asString()).isEqualTo("2990-02-28");
        assertThat(next.path("due_at").asString()).isEqualTo("2990-02-28T08:00:00Z");
        assertThat(next.path("series_id")).isEqualTo(rent.path("id"));
        assertThat(next.path("reminders").get(1).path("remind_at").asString()).isEqualTo("2990-02-27T08:00:00Z");
        for (String field : List.of("title", "description", "priority", "tags", "recurrence", "due_time")) {
            assertThat(next.path(field)).as(field).isEqualTo(rent.path(field));
        }
        assertThat(get(rent.path("id").asLong())).isEqualTo(done);

        assertThat(complete(rent, "complete")).isEqualTo(done);
        JsonNode reopened = send(HttpMethod.PATCH, uri(rent) + "/reopen", "");
        assertThat(reopened.path("completed").asBoolean()).isFalse();
        assertThat(complete(rent, "complete").path(NEXT)).isEqualTo(done.path(NEXT));
        assertThat(occurrences(rent)).hasSize(2);
        assertThat(occurrences(next)).isEqualTo(occurrences(rent));
    }

    @Test
    void completedAtOnceByManyItIsFollowedByOne() {
        JsonNode task = create("\"due_date\": \"2990-01-01\", \"recurrence\": \"FREQ=DAILY\"");
        ExecutorService clients = Executors.newFixedThreadPool(20);
        try {
            List<JsonNode> done = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> complete(task, "complete"), clients))
                    .limit(40)
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            assertThat(done).allSatisfy(answer -> assertThat(answer).isEqualTo(done.get(0)));
        } finally {
            clients.shutdownNow();
        }
        assertThat(occurrences(task)).hasSize(2);
    }

    @Test
    void theSeriesEndsWithItsCount() {
        JsonNode first = create("\"due_date\": \"2990-01-01\", \"recurrence\": \"FREQ=WEEKLY;COUNT=3\"");
        JsonNode second = get(complete(first, "complete").path(NEXT).asLong());
        JsonNode third = get(complete(second, "PUT").path(NEXT).asLong());
        JsonNode last = complete(third, "PATCH");
        assertThat(second.path("recurrence").asString()).isEqualTo("FREQ=WEEKLY;COUNT=2");
        assertThat(third.path("due_date").asString()).isEqualTo("2990-01-15");
        assertThat(last.path(NEXT).isNull()).isTrue();
        assertThat(occurrences(last))
                .extracting(task -> task.path("id").asLong())
                .containsExactly(
                        first.path("id").asLong(),
                        second.path("id").asLong(),
                        third.path("id").asLong());
        JsonNode page = getJson(uri(first) + "/occurrences?limit=2");
        assertThat(getJson(uri(first) + "/occurrences?limit=2&cursor="
                                + page.path("next_cursor").asString())
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void whatWasMissedIsPassedOver() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        JsonNode fixed = create(
                "\"due_date\": \"%s\", \"recurrence\": \"FREQ=DAILY;INTERVAL=2\"".formatted(today.minusDays(11)));
        assertThat(LocalDate.parse(next(fixed).path("due_date").asString()))
                .isBetween(today.plusDays(1), today.plusDays(2));
        JsonNode after = create(("\"due_date\": \"%s\", \"recurrence\": \"FREQ=DAILY;INTERVAL=5\","
                        + " \"recurrence_mode\": \"after_completion\"")
                .formatted(today.minusDays(11)));
        assertThat(LocalDate.parse(next(after).path("due_date").asString()))
                .isBetween(today.plusDays(5), today.plusDays(6));
    }

    @Test
    void whoCreatesItCompletedGetsTheNextOne() {
        JsonNode done = create("\"completed\": true, \"due_date\": \"2990-01-01\", \"recurrence\": \"FREQ=YEARLY\"");
        assertThat(get(done.path(NEXT).asLong()).path("due_date").asString()).isEqualTo("2991-01-01");
    }

    @Test
    void anOccurrenceIsSkippedWithoutBeingCompleted() {
        JsonNode task = create("\"due_date\": \"2990-01-01\", \"recurrence\": \"FREQ=DAILY;COUNT=2\"");
        JsonNode skipped = send(HttpMethod.POST, uri(task) + "/skip", "");
        assertThat(skipped.path("id")).isEqualTo(task.path("id"));
        assertThat(skipped.path("due_date").asString()).isEqualTo("2990-01-02");
        assertThat(skipped.path("recurrence").asString()).isEqualTo("FREQ=DAILY;COUNT=1");
        assertThat(skipped.path("version").asLong()).isEqualTo(2);
        JsonNode relaxed = create("\"due_date\": \"2990-01-01\", \"recurrence\": \"FREQ=DAILY\","
                + " \"recurrence_mode\": \"after_completion\"");
        assertThat(send(HttpMethod.POST, uri(relaxed) + "/skip", "")
                        .path("due_date")
                        .asString())
                .isEqualTo("2990-01-02");
        noNext(uri(task));
        noNext(uri(complete(task, "complete")));
        noNext(uri(createTask("Once")));
    }

    @Test
    void whatIsSkippedOnceIsNotSkippedAgainWithTheSameKey() {
        JsonNode task = create("\"due_date\": \"2990-01-01\", \"recurrence\": \"FREQ=DAILY\"");
        for (int attempt = 0; attempt < 3; attempt++) {
            http.post()
                    .uri(uri(task) + "/skip")
                    .header("Idempotency-Key", "skip-once")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .consumeWith(
                            skipped -> assertThat(json(skipped).path("due_date").asString())
                                    .isEqualTo("2990-01-02"));
        }
        assertThat(getJson(uri(task)).path("version").asLong()).isEqualTo(2);
    }

    @Test
    void theRuleMayChangeAndTheSeriesEnd() {
        JsonNode task = create("\"due_date\": \"2990-01-01\", \"recurrence\": \"FREQ=DAILY\"");
        JsonNode second = next(task);
        send(HttpMethod.PATCH, uri(second), "{\"recurrence\": \"FREQ=WEEKLY;BYDAY=MO\"}");
        JsonNode third = next(second);
        assertThat(third.path("due_date").asString()).isEqualTo("2990-01-04");
        send(HttpMethod.PATCH, uri(third), "{\"recurrence\": null}");
        assertThat(complete(third, "complete").path(NEXT).isNull()).isTrue();
        assertThat(occurrences(task)).hasSize(3);
        assertThat(getJson(tasks() + "?recurring=true").path("items")).hasSize(2);
        assertThat(getJson(tasks() + "?recurring=false").path("items")).hasSize(1);
    }

    @Test
    void aTaskThatNeverRepeatedIsItsOnlyOccurrence() {
        JsonNode task = createTask("Once");
        assertThat(task.path("series_id").isNull()).isTrue();
        assertThat(occurrences(task)).containsExactly(task);
        Refused.with(404, "not-found", http.get().uri(tasks() + "/999999999/occurrences"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "'recurrence': 'FREQ=DAILY' | /recurrence",
                "'due_date': '2990-01-01', 'recurrence': '' | /recurrence",
                "'due_date': '2990-01-01', 'recurrence': 'every day' | /recurrence",
                "'due_date': '2990-01-01', 'recurrence': 'RRULE:FREQ=DAILY' | /recurrence",
                "'due_date': '2990-01-01', 'recurrence': 'FREQ=HOURLY' | /recurrence",
                "'due_date': '2990-01-01', 'recurrence': 'FREQ=DAILY;BYHOUR=9' | /recurrence",
                "'due_date': '2990-01-01', 'recurrence': 'FREQ=DAILY;COUNT=2;UNTIL=29910101' | /recurrence",
                "'due_date': '2990-01-01', 'recurrence': 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' | /recurrence",
                "'due_date': '2990-01-01', 'recurrence_mode': 'sometimes' | /recurrence_mode",
                "'due_date': '2990-01-01', 'recurrence_mode': null | /recurrence_mode",
                "'series_id': 7 | /series_id"
            })
    void whatIsNoRuleIsRefused(String fields, String pointer) {
        for (Refused refused :
                refusedEverywhere("{'title': 'a', %s}".formatted(fields).replace('\'', '"'))) {
            assertThat(refused.pointers()).containsExactly(pointer);
        }
    }

    private void noNext(String uri) {
        Refused.with(422, "no-next-occurrence", http.post().uri(uri + "/skip"));
    }

    private JsonNode create(String fields) {
        return send(HttpMethod.POST, tasks(), "{\"title\": \"Rent\", %s}".formatted(fields));
    }

    private JsonNode complete(JsonNode task, String way) {
        return switch (way) {
            case "complete" -> send(HttpMethod.PATCH, uri(task) + "/complete", "");
            case "PATCH" -> send(HttpMethod.PATCH, uri(task), "{\"completed\": true}");
            default -> send(HttpMethod.PUT, uri(task), whole(task));
        };
    }

    /** All that clients may write, completed. */
    private static String whole(JsonNode task) {
        StringBuilder fields = new StringBuilder("{\"completed\": true");
        for (String field : List.of(
                "title",
                "description",
                "priority",
                "tags",
                "due_date",
                "due_time",
                "due_time_zone",
                "reminders",
                "recurrence",
                "recurrence_mode")) {
            fields.append(", \"%s\": %s".formatted(field, task.path(field)));
        }
        return fields.append('}').toString();
    }

    private JsonNode next(JsonNode task) {
        return get(complete(task, "complete").path(NEXT).asLong());
    }

    private JsonNode get(long id) {
        return getJson(tasks() + "/" + id);
    }

    private List<JsonNode> occurrences(JsonNode task) {
        return getJson(uri(task) + "/occurrences").path("items").valueStream().toList();
    }

    private String uri(JsonNode task) {
        return tasks() + "/" + task.path("id").asLong();
    }

    private JsonNode send(HttpMethod method, String uri, String body) {
        var request = body.isEmpty() ? http.method(method).uri(uri) : sending(method, uri, body);
        return json(
                request.exchange().expectStatus().is2xxSuccessful().expectBody().returnResult());
    }
}
