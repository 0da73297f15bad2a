package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** Statistics as a dashboard gets them. */
class StatsTest extends TaskBodyTest {
    private static final int DAYS = 30;

    @Test
    void whoHasNothingGetsNoughts() {
        JsonNode stats = stats();
        assertThat(stats.path("total").asInt()).isZero();
        assertThat(stats.path("by_status").toString()).isEqualTo("{\"pending\":0,\"completed\":0}");
        assertThat(stats.path("by_priority").toString())
                .isEqualTo("{\"none\":0,\"low\":0,\"medium\":0,\"high\":0,\"urgent\":0}");
        assertThat(stats.path("by_tag")).isEmpty();
        assertThat(stats.path("completion_rate").isNull()).isTrue();
        assertThat(stats.path("current_streak").asInt()).isZero();
        assertThat(stats.path("time_zone").asString()).isEqualTo("UTC");
        assertThat(donePerDay(stats)).hasSize(DAYS).containsOnly(0);
    }

    @Test
    void everyTaskIsCountedOnceInEachOfTheTotals() {
        moveToNoon();
        create("\"priority\": \"low\", \"tags\": [\"home\", \"Money\"]");
        create("\"priority\": \"urgent\", \"tags\": [\"Home\"]");
        create("\"priority\": \"urgent\", \"tags\": [\"HOME\", \"😀\"], \"completed\": true");
        create("\"tags\": [\"home\"]");
        JsonNode stats = stats();
        assertThat(stats.path("total").asInt()).isEqualTo(4);
        assertThat(stats.path("by_status").toString()).isEqualTo("{\"pending\":3,\"completed\":1}");
        assertThat(stats.path("by_priority").toString())
                .isEqualTo("{\"none\":1,\"low\":1,\"medium\":0,\"high\":0,\"urgent\":2}");
        assertThat(stats.path("by_tag").toString())
                .isEqualTo(
                        "[{\"name\":\"home\",\"tasks\":4},{\"name\":\"😀\",\"tasks\":1},{\"name\":\"Money\",\"tasks\":1}]");
        assertThat(stats.path("completion_rate").asDouble()).isEqualTo(0.25);
        assertThat(stats.path("current_streak").asInt()).isEqualTo(1);
        assertThat(donePerDay(stats)).last().isEqualTo(1);
    }

    @Test
    void theHundredMostUsedTagsAreListed() {
        for (int i = 0; i < 11; i++) {
            String tags = "\"all\"";
            for (int j = 0; j < 10; j++) {
                tags += ",\"tag %03d\"".formatted(10 * i + j);
            }
            create("\"tags\": [" + tags + "]");
        }
        JsonNode byTag = stats().path("by_tag");
        assertThat(byTag).hasSize(100);
        assertThat(byTag.get(0).toString()).isEqualTo("{\"name\":\"all\",\"tasks\":11}");
        assertThat(byTag.valueStream().skip(1).map(tag -> tag.path("name").asString()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 99).mapToObj("tag %03d"::formatted).toList());
    }

    @Test
    void onlyWhatIsOpenIsDue() {
        LocalDate today = moveToNoon();
        for (String completed : List.of("false", "true")) {
            create("\"due_date\": \"%s\", \"completed\": %s".formatted(today, completed));
            create("\"due_date\": \"%s\", \"due_time\": \"00:00\", \"completed\": %s".formatted(today, completed));
            create("\"due_date\": \"%s\", \"completed\": %s".formatted(today.minusDays(8), completed));
            create("\"due_date\": \"%s\", \"completed\": %s".formatted(today.plusDays(8), completed));
        }
        JsonNode stats = stats();
        assertThat(stats.path("due_today").asInt()).isEqualTo(2);
        assertThat(stats.path("due_this_week").asInt()).isEqualTo(2);
        assertThat(stats.path("overdue").asInt()).isEqualTo(2);
    }

    @Test
    void daysAreTheAccounts() {
        LocalDate today = moveToNoon();
        create("\"completed\": true");
        JsonNode stats = stats();
        JsonNode days = stats.path("completed_per_day");
        assertThat(days.get(0).path("date").asString())
                .isEqualTo(today.minusDays(DAYS - 1).toString());
        assertThat(days.get(DAYS - 1).toString()).isEqualTo("{\"date\":\"%s\",\"tasks\":1}".formatted(today));
    }

    @Test
    void whatIsNobodyElsesAndNotDeletedIsCounted() {
        String task = create("\"tags\": [\"mine\"], \"completed\": true");
        assertThat(json(as("other-" + user)
                                .get()
                                .uri("/api/me/tasks/stats")
                                .exchange()
                                .expectStatus()
                                .isOk()
                                .expectBody()
                                .returnResult())
                        .path("total")
                        .asInt())
                .isZero();
        http.delete().uri(task).exchange().expectStatus().isNoContent();
        JsonNode stats = stats();
        assertThat(stats.path("total").asInt()).isZero();
        assertThat(stats.path("by_tag")).isEmpty();
        assertThat(donePerDay(stats)).containsOnly(0);
    }

    @Test
    void reopeningTakesBackWhatWasDone() {
        String task = create("\"completed\": true");
        assertThat(stats().path("current_streak").asInt()).isEqualTo(1);
        http.patch().uri(task + "/reopen").exchange().expectStatus().isOk();
        assertThat(stats().path("current_streak").asInt()).isZero();
    }

    private JsonNode stats() {
        return getJson(tasks() + "/stats");
    }

    private static List<Integer> donePerDay(JsonNode stats) {
        return stats.path("completed_per_day")
                .valueStream()
                .map(day -> day.path("tasks").asInt())
                .toList();
    }

    /** A zone in which it is about noon, so that no day ends while a test runs. */
    private LocalDate moveToNoon() {
        int ahead = 12 - LocalTime.now(ZoneOffset.UTC).getHour();
        ZoneId zone = ZoneId.of("Etc/GMT" + (ahead > 0 ? "-" : "+") + Math.abs(ahead));
        sending(HttpMethod.PATCH, "/api/auth/me", "{\"time_zone\": \"%s\"}".formatted(zone))
                .exchange()
                .expectStatus()
                .isOk();
        return LocalDate.now(zone);
    }

    private String create(String fields) {
        return tasks() + "/"
                + json(sending(HttpMethod.POST, tasks(), "{\"title\": \"a\", %s}".formatted(fields))
                                .exchange()
                                .expectStatus()
                                .isCreated()
                                .expectBody()
                                .returnResult())
                        .path("id")
                        .asLong();
    }
}
