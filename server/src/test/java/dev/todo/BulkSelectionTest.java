package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Which tasks a bulk change is for: by their ids, or by the filters of a list; and never another user's. */
class BulkSelectionTest extends BulkTest {
    private static final long ABSENT = 9007199254740991L;

    @ParameterizedTest
    @ValueSource(strings = {"complete", "reopen", "update", "delete"})
    void aForeignTaskIsAnsweredLikeOneThatIsNotThere(String kind) {
        WebTestClient victim = as("victim-" + UUID.randomUUID());
        JsonNode foreign = json(victim.post()
                .uri("/api/me/tasks")
                .header("Content-Type", "application/json")
                .bodyValue("{\"title\": \"Secret\", \"tags\": [\"a\"]}")
                .exchange()
                .expectBody()
                .returnResult());
        JsonNode own = createTask("Own");
        String change = kind.equals("update") ? ", \"priority\": \"low\"" : "";
        String dry = ", \"dry_run\": true" + change + "}";

        EntityExchangeResult<byte[]> there = answer(kind, "{\"ids\": [%d]".formatted(id(foreign)) + dry);
        JsonNode result = bulk(kind, "{\"ids\": [%d, %d, %d]%s}".formatted(ABSENT, id(own), id(foreign), change));
        assertThat(result.path("matched").asInt()).isEqualTo(1);
        assertThat(result.path("not_found").toString()).isEqualTo("[%d,%d]".formatted(ABSENT, id(foreign)));
        bulk(kind, "{\"filter\": {\"status\": \"all\"}%s}".formatted(change));
        assertThat(json(victim.get()
                        .uri("/api/me/tasks/" + id(foreign))
                        .exchange()
                        .expectBody()
                        .returnResult()))
                .isEqualTo(foreign);

        victim.delete()
                .uri("/api/me/tasks/" + id(foreign))
                .exchange()
                .expectStatus()
                .isNoContent();
        EntityExchangeResult<byte[]> gone = answer(kind, "{\"ids\": [%d]".formatted(id(foreign)) + dry);
        assertThat(headersBesidesCounts(there)).isEqualTo(headersBesidesCounts(gone));
        assertThat(there.getResponseBody()).isNotEmpty().isEqualTo(gone.getResponseBody());
    }

    @Test
    void whatIsNotFoundIsListedInTheOrderSent() {
        List<Long> sent =
                new ArrayList<>(LongStream.range(ABSENT - 499, ABSENT).boxed().toList());
        Collections.shuffle(sent, new Random(7));
        long own = id(createTask("Own"));
        List<Long> withOwn = new ArrayList<>(sent);
        withOwn.add(250, own);

        JsonNode result = bulk("complete", ids(withOwn));

        assertThat(result.path("not_found").valueStream().map(JsonNode::asLong)).isEqualTo(sent);
        assertThat(result.path("matched").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "reopen", "update", "delete"})
    void nothingMeantIsNothingDone(String kind) {
        JsonNode task = createTask("Rent");
        String change = kind.equals("update") ? ", \"priority\": \"low\"}" : "}";
        assertResult(bulk(kind, "{\"filter\": {\"q\": \"nothing like it\"}" + change), 0, 0);
        assertThat(now(task)).isEqualTo(task);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'status': 'pending' | Today, Past, Week, Other",
                "'status': 'completed' | Done",
                "'status': 'all', 'priority': ['low', 'urgent'] | Today, Past",
                "'tag': ['HOME', ' x '] | Past",
                "'tag_any': ['home', 'y'] | Past, Other",
                "'q': 'PAS' | Past",
                "'due': 'today' | Today",
                "'due': 'none' | Other, Done",
                "'overdue': true | Past",
                "'overdue': false, 'status': 'pending' | Today, Week, Other",
                "'recurring': true | Week",
                "'recurring': false, 'status': 'pending' | Today, Past, Other",
                "'due_before': '2001-01-01T00:00:00Z', 'due_after': '2000-01-01T00:00:00+01:00' | Past",
                "'created_after': '2000-01-01T00:00:00Z', 'status': 'completed' | Done",
                "'created_before': '2000-01-01T00:00:00Z' | ",
                "'updated_before': '2000-01-01T00:00:00Z' | ",
                "'updated_after': '2000-01-01T00:00:00Z', 'tag': ['y'] | Other"
            })
    void aFilterIsThatOfTheList(String filter, String titles) {
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        create("'title': 'Today', 'priority': 'low', 'due_date': '%s'".formatted(today));
        create("'title': 'Past', 'priority': 'urgent', 'tags': ['home', 'x'], 'due_date': '2000-06-01'");
        create("'title': 'Week', 'due_date': '2990-01-01', 'recurrence': 'FREQ=WEEKLY'");
        create("'title': 'Other', 'tags': ['y']");
        completeOne(createTask("Done"));

        bulk(
                "update",
                "{'filter': {%s}, 'add_tags': ['found']}".formatted(filter).replace('\'', '"'));

        assertThat(list("&tag=found"))
                .extracting(task -> task.path("title").asString())
                .containsExactlyInAnyOrder(titles == null ? new String[0] : titles.split(", ", -1));
    }

    @Test
    void todayIsWhereTheUserIs() {
        send(HttpMethod.PATCH, "/api/auth/me", "{\"time_zone\": \"Pacific/Kiritimati\"}");
        String today = LocalDate.now(ZoneId.of("Pacific/Kiritimati")).toString();
        create("'title': 'There', 'due_date': '%s'".formatted(today));
        assertResult(bulk("complete", "{\"filter\": {\"due\": \"today\"}}"), 1, 1);
        assertResult(bulk("reopen", "{\"filter\": {\"due\": \"week\"}}"), 1, 1);
    }

    @Test
    void thePathsOfBulkChangesAreNotThoseOfTasks() {
        for (String kind : List.of("complete", "reopen", "update", "delete")) {
            for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.PATCH, HttpMethod.PUT, HttpMethod.DELETE)) {
                Refused refused = Refused.with(
                        405, "method-not-allowed", http.method(method).uri(tasks() + "/bulk/" + kind));
                assertThat(refused.headers().get("Allow")).containsExactly("POST");
            }
        }
    }

    private EntityExchangeResult<byte[]> answer(String kind, String body) {
        return bulkRequest(kind)
                .header("X-Request-Id", "the-same-in-both")
                .bodyValue(body)
                .exchange()
                .expectBody()
                .returnResult();
    }
}
