package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;

/** What a bulk change does, to the tasks that are meant and to no other, and what it says of it. */
class BulkChangesTest extends BulkTest {
    @Test
    void tasksAreCompletedAndReopenedOnce() {
        List<JsonNode> tasks = createTasks(3);
        JsonNode before = completeOne(tasks.get(1));

        assertResult(bulk("complete", ids(idsOf(tasks))), 3, 2);
        assertThat(now(tasks.get(1))).isEqualTo(before);
        for (int i : new int[] {0, 2}) {
            JsonNode done = now(tasks.get(i));
            assertThat(done.path("completed").asBoolean()).isTrue();
            assertThat(done.path("completed_at")).isEqualTo(done.path("updated_at"));
            assertThat(done.path("updated_at").asString())
                    .isGreaterThan(tasks.get(i).path("updated_at").asString());
            assertThat(done.path("version").asLong()).isEqualTo(2);
        }
        assertResult(bulk("complete", ids(idsOf(tasks))), 3, 0);

        assertResult(bulk("reopen", ids(idsOf(tasks.subList(0, 2)))), 2, 2);
        assertThat(now(tasks.get(0)).path("completed_at").isNull()).isTrue();
        assertThat(now(tasks.get(0)).path("version").asLong()).isEqualTo(3);
        assertThat(now(tasks.get(2)).path("completed").asBoolean()).isTrue();
        assertResult(bulk("reopen", "{\"filter\": {\"status\": \"all\"}}"), 3, 1);
    }

    @Test
    void whatIsDeletedGoesToTheTrashAsItWas() {
        JsonNode kept = createTask("Kept");
        JsonNode whole = create("'title': 'Rent', 'description': 'By bank', 'priority': 'high', 'tags': ['Home', 'ß'],"
                + " 'due_date': '2990-01-01', 'due_time': '09:00', 'due_time_zone': 'Europe/Berlin',"
                + " 'recurrence': 'FREQ=DAILY', 'reminders': [{'minutes_before': 5}]");
        completeOne(whole);
        List<JsonNode> gone = Stream.concat(list("&tag=home").stream(), createTasks(1).stream())
                .toList();
        List<String> expected = rows("tasks", gone);

        assertResult(bulk("delete", ids(idsOf(gone))), 3, 3);

        assertThat(list("")).containsExactly(kept);
        assertThat(rows("trash", gone)).hasSize(3).isEqualTo(expected);
        assertResult(bulk("delete", "{\"filter\": {\"status\": \"all\"}}"), 1, 1);
        assertThat(countOfTasks()).isZero();
    }

    @Test
    void tagsAndPriorityChangeTogether() {
        JsonNode bare = createTask("Bare");
        JsonNode tagged = create("'title': 'Tagged', 'tags': ['Work', 'HOME', 'Café'], 'priority': 'high'");
        JsonNode there = create("'title': 'There', 'tags': ['garden', 'Straße'], 'priority': 'high'");
        String change =
                ", \"add_tags\": [\" Garden \", \"STRASSE\"], \"remove_tags\": [\"home\"], \"priority\": \"high\"}";

        JsonNode result = bulk("update", withIds(List.of(bare, tagged, there), change));

        assertResult(result, 3, 2);
        assertThat(now(bare).path("tags").toString()).isEqualTo("[\"Garden\",\"STRASSE\"]");
        assertThat(now(bare).path("priority").asString()).isEqualTo("high");
        assertThat(now(tagged).path("tags").toString()).isEqualTo("[\"Work\",\"Café\",\"Garden\",\"STRASSE\"]");
        assertThat(now(tagged).path("version").asLong()).isEqualTo(2);
        assertThat(now(there)).isEqualTo(there);
        assertThat(list("&tag=strasse&tag=GARDEN")).hasSize(3);
        assertThat(list("&tag=home")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"priority\": \"none\" | [\"a\",\"b\"] | none",
                "\"remove_tags\": [\"A\", \"B\", \"c\"] | [] | low",
                "\"add_tags\": [\"c\"] | [\"a\",\"b\",\"c\"] | low"
            })
    void whatIsNotNamedStaysAsItIs(String change, String tags, String priority) {
        JsonNode task = create("'title': 'a', 'tags': ['a', 'b'], 'priority': 'low'");
        assertResult(bulk("update", withIds(List.of(task), ", " + change + "}")), 1, 1);
        assertThat(now(task).path("tags").toString()).isEqualTo(tags);
        assertThat(now(task).path("priority").asString()).isEqualTo(priority);
        assertResult(bulk("update", withIds(List.of(task), ", " + change + "}")), 1, 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noTaskGetsMoreTagsThanItMayHave(boolean dryRun) {
        List<String> twenty =
                IntStream.range(0, 20).mapToObj(i -> "\"t" + i + "\"").toList();
        JsonNode full = create("'title': 'Full', 'tags': " + twenty);
        JsonNode nearly = create("'title': 'Nearly', 'tags': " + twenty.subList(1, 20));
        JsonNode bare = createTask("Bare");
        String selected = ", \"dry_run\": %s, ".formatted(dryRun);

        Refused refused = Refused.with(
                422,
                "invalid-content",
                sending(
                        "update",
                        withIds(List.of(bare, full, nearly), selected + "\"add_tags\": [\"T19\", \"new\"]}")));

        assertThat(refused.pointers()).containsExactly("/add_tags");
        assertThat(refused.messages())
                .containsExactly("would give 1 of the tasks more than 20 tags: remove some of theirs, or leave these"
                        + " tasks out");
        for (JsonNode task : List.of(full, nearly, bare)) {
            assertThat(now(task)).isEqualTo(task);
        }
        String exchanged = selected + "\"add_tags\": [\"new\"], \"remove_tags\": [\"t1\"]}";
        assertResult(bulk("update", withIds(List.of(full, nearly), exchanged)), 2, 2, dryRun);
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "reopen", "update", "delete"})
    void aDryRunSaysWhatWouldBeDoneAndDoesNothing(String kind) {
        create("'title': 'Rent', 'due_date': '2990-01-01', 'recurrence': 'FREQ=DAILY'");
        create("'title': 'Last', 'due_date': '2990-01-01', 'recurrence': 'FREQ=DAILY;COUNT=1'");
        completeOne(createTask("Done"));
        List<JsonNode> before = list("");
        String body = "{\"filter\": {\"status\": \"all\"}, \"dry_run\": %s"
                + (kind.equals("update") ? ", \"add_tags\": [\"a\"]}" : "}");

        JsonNode tried = bulk(kind, body.formatted(true));

        assertThat(list("")).isEqualTo(before);
        assertThat(tried.path("dry_run").asBoolean()).isTrue();
        assertThat(tried.path("next_occurrences").asInt()).isEqualTo(kind.equals("complete") ? 1 : 0);
        JsonNode done = bulk(kind, body.formatted(false));
        for (String field : List.of("matched", "changed", "next_occurrences", "not_found")) {
            assertThat(done.path(field)).as(field).isEqualTo(tried.path(field));
        }
        assertThat(list("")).isNotEqualTo(before);
    }

    @Test
    void whatIsSentAgainWithItsKeyIsDoneOnce() {
        List<JsonNode> tasks = createTasks(2);
        String body = withIds(tasks, "}");
        JsonNode first = json(keyed(body));
        send(HttpMethod.PATCH, tasks() + "/" + id(tasks.get(0)), "{\"completed\": false}");

        EntityExchangeResult<byte[]> again = keyed(body);

        assertThat(json(again)).isEqualTo(first);
        assertThat(again.getResponseHeaders().getFirst("Idempotency-Replayed")).isEqualTo("true");
        assertThat(now(tasks.get(0)).path("completed").asBoolean()).isFalse();
        Refused.with(
                422,
                "idempotency-key-reused",
                bulkRequest("complete").header("Idempotency-Key", "bulk").bodyValue(body + " "));
    }

    /** Every column but the one that a table makes up by itself, and when it was deleted. */
    private List<String> rows(String table, List<JsonNode> tasks) {
        return database.sql("select (to_jsonb(kept) - 'search' - 'deleted_at')::text from " + table
                        + " as kept where user_id = :user_id and id = any(:ids) order by id")
                .bind("user_id", user)
                .bind("ids", idsOf(tasks).toArray(Long[]::new))
                .list(row -> String.valueOf(row.get(0, String.class)))
                .blockOptional()
                .orElseThrow();
    }

    private EntityExchangeResult<byte[]> keyed(String body) {
        return bulkRequest("complete")
                .header("Idempotency-Key", "bulk")
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult();
    }
}
