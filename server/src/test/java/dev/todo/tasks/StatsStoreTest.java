package dev.todo.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.ServerTest;
import dev.todo.tasks.TaskStats.Day;
import dev.todo.values.TimeZones;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The statement of statistics at times that a running server seldom sees, held against a plain reckoning in Java. */
class StatsStoreTest extends ServerTest {
    private static final int DAYS = 30;
    private static final ZoneId UTC = ZoneId.of("UTC");

    @Autowired
    private StatsStore store;

    private record Row(
            boolean completed,
            @Nullable Instant completedAt,
            Priority priority,
            @Nullable Instant dueAt) {}

    @ParameterizedTest
    @CsvSource({
        "UTC, 2026-11-21T08:00:00Z",
        "Europe/Berlin, 2026-03-29T00:59:59.999999Z",
        "Europe/Berlin, 2026-10-25T01:30:00Z",
        "America/Havana, 2026-11-01T04:30:00Z",
        "America/Havana, 2026-11-01T05:30:00Z",
        "America/Sao_Paulo, 2018-11-04T03:00:00Z",
        "Australia/Lord_Howe, 2026-04-04T15:15:00Z",
        "Asia/Kolkata, 2026-11-15T18:30:00Z",
        "America/St_Johns, 2026-11-23T03:29:59Z",
        "Pacific/Kiritimati, 2026-12-31T10:00:00Z",
        "Pacific/Apia, 2012-01-02T09:00:00Z",
        "Etc/GMT+12, 2024-03-01T11:59:59Z",
        "US/Eastern, 2024-02-29T04:59:59Z",
        "CET, 2026-07-14T22:30:00Z",
        "CET, 2026-03-29T00:59:59.999999Z",
        "WET, 2026-10-25T00:30:00Z",
        "America/Vancouver, 2026-11-21T07:30:00Z",
        "America/Vancouver, 2026-12-06T07:59:59Z",
        "Africa/Casablanca, 2026-02-15T02:30:00Z",
        "Asia/Kathmandu, 2026-11-22T18:14:59Z",
        "Africa/Monrovia, 1972-01-07T00:44:29Z"
    })
    void agreesWithAPlainReckoning(String zone, Instant now) {
        Random random = new Random(zone.hashCode() + now.getEpochSecond());
        for (int round = 0; round < 5; round++) {
            String owner = user + round;
            keep(owner, zone);
            List<Row> rows = rows(random, now);
            insert(owner, rows);
            TaskStats stats = stats(owner, ZoneId.of(zone), now);
            assertThat(stats.timeZone()).isEqualTo(zone);
            assertReckoned(stats, rows, ZoneId.of(zone), now);
        }
    }

    @Test
    void aStreakGoesOnAsLongAsItLasts() {
        Instant noon = Instant.parse("2026-11-21T12:00:00Z");
        keep(user, "UTC");
        insert(
                user,
                IntStream.range(0, 400)
                        .mapToObj(i -> done(noon.minusSeconds(86_400L * i)))
                        .toList());
        assertThat(stats(user, UTC, noon).currentStreak()).isEqualTo(400);
        assertThat(stats(user, UTC, noon.plusSeconds(86_400)).currentStreak()).isEqualTo(400);
        assertThat(stats(user, UTC, noon.plusSeconds(2 * 86_400)).currentStreak())
                .isZero();
        // A server whose clock is behind sees what is done tomorrow.
        assertThat(stats(user, UTC, noon.minusSeconds(86_400)).currentStreak()).isEqualTo(399);
    }

    @Test
    void whatIsDueAtTheEndsOfTimeIsCounted() {
        keep(user, "Pacific/Kiritimati");
        insert(
                user,
                List.of(
                        new Row(false, null, Priority.NONE, Instant.parse("9999-12-31T23:59:59.999999Z")),
                        new Row(false, null, Priority.NONE, Instant.parse("1899-12-31T15:00:00Z"))));
        TaskStats stats = stats(user, ZoneId.of("Pacific/Kiritimati"), Instant.parse("2026-11-21T12:00:00Z"));
        assertThat(stats.overdue()).isEqualTo(1);
    }

    /** Whatever PostgreSQL knows of the zone, and where it takes the name for an abbreviation, too. */
    @Test
    void everyZoneHasTheDaysOfJava() {
        Instant now = Instant.parse("2026-07-14T22:30:00Z");
        List<Row> rows = rows(new Random(1), now);
        keep(user, "UTC");
        insert(user, rows);
        List<ZoneId> zones = ZoneId.getAvailableZoneIds().stream()
                .map(TimeZones::named)
                .flatMap(Optional::stream)
                .toList();
        assertThat(zones).hasSizeGreaterThan(500);
        assertThat(zones).allSatisfy(zone -> assertReckoned(stats(user, zone, now), rows, zone, now));
    }

    @Test
    void theZoneThatIsToldIsTheAccounts() {
        Instant now = Instant.parse("2026-07-14T22:30:00Z");
        assertThat(stats(user, ZoneId.of("CET"), now).timeZone()).isEqualTo("UTC");
        keep(user, "Asia/Tokyo");
        assertThat(stats(user, ZoneId.of("CET"), now).timeZone()).isEqualTo("Asia/Tokyo");
    }

    private static void assertReckoned(TaskStats stats, List<Row> rows, ZoneId zone, Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        List<LocalDate> doneOn = dates(rows, Row::completedAt, zone);
        List<Row> open = rows.stream().filter(row -> !row.completed()).toList();
        List<LocalDate> dueOn = dates(open, Row::dueAt, zone);

        assertThat(stats.total()).isEqualTo(rows.size());
        assertThat(stats.pending()).isEqualTo(open.size());
        assertThat(stats.completionRate()).isEqualTo((rows.size() - open.size()) / (double) rows.size());
        for (Priority priority : Priority.values()) {
            assertThat((long) stats.of(priority))
                    .isEqualTo(rows.stream()
                            .filter(row -> row.priority() == priority)
                            .count());
        }
        assertThat((long) stats.overdue())
                .isEqualTo(open.stream()
                        .filter(row -> row.dueAt() != null && row.dueAt().isBefore(now))
                        .count());
        assertThat((long) stats.dueToday())
                .isEqualTo(dueOn.stream().filter(today::equals).count());
        assertThat((long) stats.dueThisWeek())
                .isEqualTo(dueOn.stream()
                        .filter(day -> !day.isBefore(monday) && day.isBefore(monday.plusDays(7)))
                        .count());
        assertThat(stats.completedPerDay())
                .containsExactlyElementsOf(IntStream.range(0, DAYS)
                        .mapToObj(i -> today.minusDays(DAYS - 1L - i))
                        .map(day -> new Day(
                                day, (int) doneOn.stream().filter(day::equals).count()))
                        .toList());
        assertThat(stats.currentStreak()).isEqualTo(streak(doneOn, today));
    }

    private static int streak(List<LocalDate> doneOn, LocalDate today) {
        LocalDate day = doneOn.contains(today) ? today : today.minusDays(1);
        int streak = 0;
        while (doneOn.contains(day.minusDays(streak))) {
            streak++;
        }
        return streak;
    }

    private static List<LocalDate> dates(List<Row> rows, Function<Row, @Nullable Instant> time, ZoneId zone) {
        return rows.stream()
                .map(time)
                .filter(Objects::nonNull)
                .map(at -> at.atZone(zone).toLocalDate())
                .toList();
    }

    private static List<Row> rows(Random random, Instant now) {
        List<Row> rows = new ArrayList<>();
        int many = 1 + random.nextInt(150);
        for (int i = 0; i < many; i++) {
            boolean completed = random.nextInt(3) > 0;
            rows.add(new Row(
                    completed,
                    completed && random.nextInt(10) > 0 ? near(random, now, -40, 1) : null,
                    Priority.ranked((short) random.nextInt(5)),
                    random.nextInt(4) > 0 ? near(random, now, -9, 9) : null));
        }
        return rows;
    }

    /** On the quarter of an hour, where days and daylight saving begin, or anywhere. */
    private static Instant near(Random random, Instant now, int fromDay, int toDay) {
        long seconds = 86_400L * fromDay + (long) (random.nextDouble() * 86_400 * (toDay - fromDay));
        Instant time = now.plusSeconds(seconds);
        return random.nextBoolean() ? time : time.minusSeconds(Math.floorMod(time.getEpochSecond(), 900L));
    }

    private static Row done(Instant at) {
        return new Row(true, at, Priority.NONE, null);
    }

    private TaskStats stats(String owner, ZoneId zone, Instant now) {
        return Objects.requireNonNull(store.stats(owner, zone, now).block());
    }

    private void keep(String owner, String zone) {
        giveAccount(owner);
        database.sql("update accounts set time_zone = :zone where user_id = :user_id")
                .bind("zone", zone)
                .bind("user_id", owner)
                .count()
                .block();
    }

    private void insert(String owner, List<Row> rows) {
        database.sql("""
                        insert into tasks (user_id, title, completed, completed_at, priority, due_date, due_at)
                        select :user_id, 'One', completed, nullif(done, '')::timestamptz, priority,
                            case when due <> '' then date '2026-01-01' end, nullif(due, '')::timestamptz
                        from unnest(:completed::boolean[], :done::text[], :priority::smallint[], :due::text[])
                            as given (completed, done, priority, due)
                        """)
                .bind("user_id", owner)
                .bind("completed", rows.stream().map(Row::completed).toArray(Boolean[]::new))
                .bind("done", rows.stream().map(row -> text(row.completedAt())).toArray(String[]::new))
                .bind("priority", rows.stream().map(row -> row.priority().rank).toArray(Short[]::new))
                .bind("due", rows.stream().map(row -> text(row.dueAt())).toArray(String[]::new))
                .count()
                .block();
    }

    private static String text(@Nullable Instant time) {
        return time == null ? "" : time.toString();
    }
}
