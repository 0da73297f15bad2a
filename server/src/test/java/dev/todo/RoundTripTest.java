package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** What was exported imports to the same tasks, whoever imports it. */
class RoundTripTest extends TransferTest {
    private static final String TWO_LINES_AND_MORE =
            "one\\nback\\\\slash, comma; semicolon: \\\"quote\\\" \\\\n \\\\\\n tab\\there \\u2028 end ";

    private WebTestClient other;

    @BeforeEach
    void thereIsAllThatCanBe() {
        other = as("other-" + user);
        for (String zone :
                List.of("Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC", "Etc/UTC", "Etc/GMT+5")) {
            create("""
                    {"title": "In %s", "due_date": "2027-03-28", "due_time": "02:30", "due_time_zone": "%s"}
                    """.formatted(zone, zone));
        }
        for (String priority : List.of("none", "low", "medium", "high", "urgent")) {
            create("{\"title\": \"%s\", \"priority\": \"%s\"}".formatted(priority, priority));
        }
        create("{\"title\": \"" + TWO_LINES_AND_MORE.repeat(2) + "\", \"description\": \""
                + TWO_LINES_AND_MORE.repeat(9)
                + "\", \"tags\": [\"a;b\", \"back\\\\slash\", \"new\\nline\", \"Ümläut\", \"😀\"]}");
        create("{\"title\": \"" + "😀".repeat(200) + "\", \"description\": \"" + "é😀ß".repeat(333) + "\"}");
        create("{\"title\": \"Bell \\u0007 and return \\r\", \"description\": \"\\u0001\\u001b\\u007f\","
                + " \"tags\": [\"\\u0007a\", \"a\"]}");
        create("{\"title\": \"Empty\", \"description\": \"\"}");
        create("{\"title\": \"Done\", \"completed\": true}");
        create("{\"title\": \"All day\", \"due_date\": \"2026-12-24\"}");
        create("{\"title\": \"Wherever I am\", \"due_date\": \"9999-12-31\", \"due_time\": \"00:00\"}");
        create("""
                {"title": "Remind me", "due_date": "2027-01-01", "due_time": "12:00", "reminders":
                    [{"minutes_before": 0}, {"minutes_before": 525600}, {"remind_at": "2026-12-31T08:00:00.123456Z"}]}
                """);
        create("{\"title\": \"Remind me, whenever\", \"reminders\": [{\"remind_at\": \"2026-12-31T08:00:00Z\"}]}");
        thereIsASeriesWithAHistory();
        create("""
                {"title": "From completion", "due_date": "2027-01-31", "recurrence_mode": "after_completion",
                    "recurrence": "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=5"}
                """);
        create("{\"title\": \"A mode without a rule\", \"recurrence_mode\": \"after_completion\"}");
    }

    private void thereIsASeriesWithAHistory() {
        JsonNode task = create("""
                {"title": "Weekly", "due_date": "2990-01-01", "due_time": "09:00", "due_time_zone": "Europe/Berlin",
                    "recurrence": "FREQ=WEEKLY;UNTIL=29910101T000000Z", "reminders": [{"remind_at": "2989-12-31T08:00:00Z"}]}
                """);
        for (int i = 0; i < 3; i++) {
            String id = task.path("next_occurrence_id").asString(task.path("id").asString());
            task = json(http.patch()
                    .uri(tasks() + "/" + id + "/complete")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .returnResult());
        }
        http.patch()
                .uri(tasks() + "/" + task.path("id").asString() + "/reopen")
                .exchange()
                .expectStatus()
                .isOk();
    }

    private JsonNode create(String body) {
        return json(http.post()
                .uri(tasks())
                .header("Content-Type", "application/json")
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody()
                .returnResult());
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON_LINES, CALENDAR})
    void theSameTasksComeBack(String type) {
        List<JsonNode> before = tasksOf(http);
        JsonNode report = imported(other, type, exported(http, type));

        assertThat(report.path("imported").asInt()).isEqualTo(before.size());
        List<JsonNode> after = tasksOf(other);
        assertThat(kept(after)).containsExactlyElementsOf(kept(before));
        assertThat(after).extracting(task -> task.path("id").asLong()).doesNotHaveDuplicates();
        assertThat(after).allMatch(task -> task.path("user_id").asString().equals("other-" + user));
        assertThat(after).allMatch(task -> task.path("version").asLong() == 1);
        assertThat(tasksOf(http)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON_LINES, CALENDAR})
    void aReminderThatAMoveHasPutBehindTheDueComesBack(String type) {
        live(http, "America/Los_Angeles");
        create("""
                {"title": "Remind me at home", "due_date": "2990-01-01", "due_time": "09:00",
                    "reminders": [{"remind_at": "2990-01-01T16:30:00Z"}]}
                """);
        create("{\"title\": \"Some day\", \"due_date\": \"2990-01-01\","
                + " \"reminders\": [{\"remind_at\": \"2990-01-02T07:30:00Z\"}]}");
        live(http, "Asia/Tokyo");
        live(other, "Asia/Tokyo");
        imported(other, type, exported(http, type));
        assertThat(kept(tasksOf(other))).containsExactlyElementsOf(kept(tasksOf(http)));
    }

    private static void live(WebTestClient whose, String zone) {
        whose.patch()
                .uri("/api/auth/me")
                .header("Content-Type", "application/json")
                .bodyValue("{\"time_zone\": \"%s\"}".formatted(zone))
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void bothFormatsSayTheSame() {
        WebTestClient third = as("third-" + user);
        imported(other, JSON_LINES, exported(http, JSON_LINES));
        imported(third, CALENDAR, exported(other, CALENDAR));
        assertThat(kept(tasksOf(third))).containsExactlyElementsOf(kept(tasksOf(http)));
    }

    @Test
    void aLineIsATaskAsGetTaskAnswersIt() {
        assertThat(tasksOf(http))
                .isNotEmpty()
                .allSatisfy(task -> assertThat(
                                getJson(tasks() + "/" + task.path("id").asString()))
                        .isEqualTo(task));
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON_LINES, CALENDAR})
    void anImportedSeriesGoesOnAsOne(String type) {
        imported(other, type, exported(http, type));
        List<JsonNode> weekly = tasksOf(other).stream()
                .filter(task -> task.path("title").asString().equals("Weekly"))
                .toList();
        assertThat(weekly).hasSize(4);
        String open = weekly.get(3).path("id").asString();
        assertThat(weekly.get(2).path("next_occurrence_id").asString()).isEqualTo(open);
        assertThat(weekly)
                .allMatch(task -> task.path("series_id").equals(weekly.get(0).path("id")));

        JsonNode reopened = complete(weekly.get(2).path("id").asString());
        assertThat(reopened.path("next_occurrence_id").asString()).isEqualTo(open);
        JsonNode done = complete(open);
        assertThat(done.path("next_occurrence_id").isNumber()).isTrue();
        JsonNode history = json(other.get()
                .uri("/api/me/tasks/" + open + "/occurrences")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult());
        assertThat(history.path("items")).hasSize(5);
    }

    private JsonNode complete(String id) {
        return json(other.patch()
                .uri("/api/me/tasks/" + id + "/complete")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult());
    }

    @Test
    void aSeriesWhoseFirstOccurrenceIsGoneStaysTogether() {
        List<JsonNode> weekly = tasksOf(http).stream()
                .filter(task -> task.path("title").asString().equals("Weekly"))
                .toList();
        http.delete()
                .uri(tasks() + "/" + weekly.get(0).path("id").asString())
                .exchange()
                .expectStatus()
                .isNoContent();
        http.delete()
                .uri(tasks() + "/" + weekly.get(3).path("id").asString())
                .exchange()
                .expectStatus()
                .isNoContent();
        imported(other, JSON_LINES, exported(http, JSON_LINES));
        List<JsonNode> after = tasksOf(other).stream()
                .filter(task -> task.path("title").asString().equals("Weekly"))
                .toList();

        assertThat(after).hasSize(2).extracting(task -> task.path("series_id")).doesNotContainNull();
        assertThat(after.get(0).path("series_id")).isEqualTo(after.get(1).path("series_id"));
        assertThat(complete(after.get(1).path("id").asString()).path("next_occurrence_id"))
                .isEqualTo(after.get(1).path("next_occurrence_id"));
        assertThat(tasksOf(other).stream()
                        .filter(task -> task.path("title").asString().equals("Weekly")))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON_LINES, CALENDAR})
    void whatIsImportedTwiceIsThereTwice(String type) {
        String file = exported(http, type);
        imported(other, type, file);
        imported(other, type, file);
        int count = tasksOf(http).size();
        List<JsonNode> after = tasksOf(other);
        assertThat(kept(after.subList(0, count))).isEqualTo(kept(after.subList(count, 2 * count)));
    }
}
