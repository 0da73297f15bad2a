package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** Statistics in zones of which PostgreSQL may know less than Java, or takes the names for something else. */
class StatsByZoneTest extends TaskBodyTest {
    private static final int DAYS = 30;
    private static final List<String> AROUND_MIDNIGHT = List.of("", "00:00", "23:59");

    /** {@code today} is the day on which all of it was asked for. */
    private record Answers(LocalDate today, JsonNode stats, int listedToday, int listedThisWeek) {}

    @ParameterizedTest
    @ValueSource(strings = {"America/Vancouver", "Africa/Casablanca", "CET", "Pacific/Apia", "Asia/Kathmandu"})
    void whatIsDueIsWhatTheListsShow(String name) {
        ZoneId zone = ZoneId.of(name);
        moveTo(zone);
        LocalDate monday = LocalDate.now(zone).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        IntStream.rangeClosed(-1, 14).mapToObj(monday::plusDays).forEach(this::createAroundMidnight);

        Answers answers = answers(zone);
        assertThat(answers.stats().path("time_zone").asString()).isEqualTo(name);
        assertThat(answers.stats().path("due_today").asInt())
                .isEqualTo(dueOn(answers.today()))
                .isEqualTo(answers.listedToday());
        LocalDate first = answers.today().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        assertThat(answers.stats().path("due_this_week").asInt())
                .isEqualTo(first.datesUntil(first.plusDays(7))
                        .mapToInt(StatsByZoneTest::dueOn)
                        .sum())
                .isEqualTo(answers.listedThisWeek());
    }

    @ParameterizedTest
    @ValueSource(strings = {"America/Vancouver", "Africa/Casablanca", "CET", "Pacific/Apia", "Asia/Kathmandu"})
    void whatIsDoneCountsOnTheDayOnWhichItWasDone(String name) {
        ZoneId zone = ZoneId.of(name);
        moveTo(zone);
        LocalDate first = LocalDate.now(zone).minusDays(DAYS);
        insertDone(IntStream.rangeClosed(0, DAYS + 1)
                .mapToObj(first::plusDays)
                .flatMap(day -> Stream.of(day.atTime(0, 20), day.atTime(23, 40)))
                .map(time -> time.atZone(zone).toInstant())
                .toList());

        Answers answers = answers(zone);
        assertThat(answers.stats().path("completed_per_day").valueStream().map(JsonNode::toString))
                .containsExactlyElementsOf(IntStream.range(0, DAYS)
                        .mapToObj(i -> answers.today().minusDays(DAYS - 1L - i))
                        .map("{\"date\":\"%s\",\"tasks\":2}"::formatted)
                        .toList());
        assertThat(answers.stats().path("current_streak").asLong())
                .isEqualTo(ChronoUnit.DAYS.between(first, answers.today()) + 1);
    }

    /** Asked for anew when the day ends meanwhile. */
    private Answers answers(ZoneId zone) {
        Answers answers;
        do {
            answers = new Answers(LocalDate.now(zone), getJson(tasks() + "/stats"), listed("today"), listed("week"));
        } while (!LocalDate.now(zone).equals(answers.today()));
        return answers;
    }

    private void moveTo(ZoneId zone) {
        sending(HttpMethod.PATCH, "/api/auth/me", "{\"time_zone\": \"%s\"}".formatted(zone))
                .exchange()
                .expectStatus()
                .isOk();
    }

    private void createAroundMidnight(LocalDate day) {
        for (String time : AROUND_MIDNIGHT) {
            String due = "\"due_date\": \"%s\"".formatted(day);
            String body = time.isEmpty() ? due : due + ", \"due_time\": \"%s\"".formatted(time);
            for (int i = 0; i < timesOver(day); i++) {
                create(body);
            }
        }
    }

    private static int dueOn(LocalDate day) {
        return timesOver(day) * AROUND_MIDNIGHT.size();
    }

    /** Differs from day to day and from week to week, or nobody would see if all tasks slipped by a day. */
    private static int timesOver(LocalDate day) {
        return 1 + (int) (day.toEpochDay() % 2);
    }

    private void create(String due) {
        sending(HttpMethod.POST, tasks(), "{\"title\": \"a\", %s}".formatted(due))
                .exchange()
                .expectStatus()
                .isCreated();
    }

    private int listed(String due) {
        return getJson(tasks() + "?status=pending&limit=100&due=" + due)
                .path("items")
                .size();
    }

    private void insertDone(List<Instant> times) {
        database.sql("""
                        insert into tasks (user_id, title, completed, completed_at)
                        select :user_id, 'One', true, done from unnest(:done::timestamptz[]) as done
                        """)
                .bind("user_id", user)
                .bind("done", times.toArray(Instant[]::new))
                .count()
                .block();
    }
}
