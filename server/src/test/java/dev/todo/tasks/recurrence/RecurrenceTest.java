package dev.todo.tasks.recurrence;

import static dev.todo.tasks.recurrence.DueTest.due;
import static dev.todo.tasks.recurrence.Mode.AFTER_COMPLETION;
import static dev.todo.tasks.recurrence.Mode.FIXED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration AT_ONCE = Duration.ofMillis(500);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FREQ=MONTHLY                              | 2026-01-31 | 2026-03-31 2026-05-31 2026-07-31 2026-08-31 2026-10-31 2026-12-31 2027-01-31
            FREQ=MONTHLY                              | 2023-11-30 | 2023-12-30 2024-01-30 2024-03-30
            FREQ=MONTHLY                              | 2024-01-29 | 2024-02-29 2024-03-29
            FREQ=MONTHLY;BYMONTHDAY=-1                | 2026-01-31 | 2026-02-28 2026-03-31 2026-04-30
            FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1 | 2023-12-31 | 2024-01-31 2024-02-29 2024-03-31
            FREQ=MONTHLY;INTERVAL=12                  | 2024-02-29 | 2028-02-29
            FREQ=YEARLY                               | 2024-02-29 | 2028-02-29 2032-02-29
            FREQ=YEARLY                               | 2096-02-29 | 2104-02-29
            FREQ=YEARLY;INTERVAL=3                    | 2024-02-29 | 2036-02-29
            FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1       | 2026-02-28 | 2027-02-28 2028-02-29 2029-02-28
            FREQ=YEARLY;BYMONTHDAY=31                 | 2026-08-31 | 2026-10-31 2026-12-31 2027-01-31 2027-03-31
            FREQ=DAILY                                | 2026-12-31 | 2027-01-01
            FREQ=DAILY                                | 2028-02-28 | 2028-02-29 2028-03-01
            FREQ=DAILY;INTERVAL=3                     | 2026-12-30 | 2027-01-02 2027-01-05
            FREQ=DAILY;BYDAY=MO,TU;BYSETPOS=1,-1      | 2026-11-23 | 2026-11-24 2026-11-30
            FREQ=WEEKLY                               | 2026-12-29 | 2027-01-05
            FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU        | 2026-11-16 | 2026-11-22 2026-11-30 2026-12-06
            FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU | 2026-11-16 | 2026-11-29 2026-11-30 2026-12-13
            FREQ=WEEKLY;BYDAY=MO,FR;BYMONTH=1         | 2026-01-30 | 2027-01-01 2027-01-04
            FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366 | 2026-07-01 | 2028-12-31 2032-12-31
            FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO | 2026-11-16 | 2044-02-29 2072-02-29
            FREQ=WEEKLY;BYDAY=TU                      | 2026-11-19 | 2026-11-24 2026-12-01
            FREQ=WEEKLY;INTERVAL=2;BYDAY=TU           | 2026-11-19 | 2026-12-01 2026-12-15
            FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1      | 2026-11-19 | 2027-02-01 2027-05-01
            FREQ=WEEKLY;BYDAY=SA;WKST=SU              | 0001-01-01 | 0001-01-06 0001-01-13
            """)
    void goesFromDateToDate(String rule, LocalDate first, String dates) {
        List<LocalDate> expected = Stream.of((first + " " + dates).split(" "))
                .map(LocalDate::parse)
                .toList();
        assertThat(Chain.of(Rule.parse(rule), new Due(first, null, null)).take(expected.size()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FREQ=DAILY                  | 2026-11-01                      | 2026-11-20T22:59:59Z  | 2026-11-20                      | the day that it is in Berlin
            FREQ=DAILY                  | 2026-11-01                      | 2026-11-20T23:00:00Z  | 2026-11-21                      | the next day there
            FREQ=DAILY                  | 2026-11-25                      | 2026-11-20T12:00:00Z  | 2026-11-26                      | done early
            FREQ=WEEKLY                 | 2026-11-02                      | 2026-11-16T12:00:00Z  | 2026-11-16                      | today is not past
            FREQ=WEEKLY                 | 2026-11-02                      | 2026-11-17T12:00:00Z  | 2026-11-23                      | yesterday is
            FREQ=WEEKLY;INTERVAL=2      | 2026-11-02                      | 2026-11-17T12:00:00Z  | 2026-11-30                      | in step
            FREQ=DAILY                  | 2026-11-01 09:00                | 2026-11-20T07:59:59Z  | 2026-11-20 09:00                | in a second
            FREQ=DAILY                  | 2026-11-01 09:00                | 2026-11-20T08:00:00Z  | 2026-11-21 09:00                | now is past
            FREQ=DAILY                  | 2026-11-01 09:00 Asia/Tokyo     | 2026-11-19T23:59:59Z  | 2026-11-20 09:00 Asia/Tokyo     | its own zone counts
            FREQ=DAILY                  | 2026-11-01 09:00 Asia/Tokyo     | 2026-11-20T00:00:00Z  | 2026-11-21 09:00 Asia/Tokyo     | its own zone counts
            FREQ=DAILY                  | 2026-03-28 02:30                | 2026-03-28T08:00:00Z  | 2026-03-29 02:30                | into a gap
            FREQ=DAILY                  | 2026-03-29 02:30                | 2026-03-29T08:00:00Z  | 2026-03-30 02:30                | out of a gap
            FREQ=DAILY                  | 2026-03-27 02:30                | 2026-03-29T01:29:59Z  | 2026-03-29 02:30                | before the gap is over
            FREQ=DAILY                  | 2026-10-24 02:30                | 2026-10-25T00:30:00Z  | 2026-10-26 02:30                | only the first 02:30 counts
            FREQ=WEEKLY                 | 2026-03-01 02:30 America/New_York    | 2026-03-01T08:00:00Z | 2026-03-08 02:30 America/New_York    | into a gap
            FREQ=WEEKLY                 | 2026-10-25 01:30 America/New_York    | 2026-11-01T05:30:00Z | 2026-11-08 01:30 America/New_York    | only the first 01:30 counts
            FREQ=DAILY                  | 2026-10-03 02:15 Australia/Lord_Howe | 2026-10-03T15:44:59Z | 2026-10-04 02:15 Australia/Lord_Howe | into a gap of half an hour
            FREQ=DAILY                  | 2026-04-04 01:45 Australia/Lord_Howe | 2026-04-04T14:45:00Z | 2026-04-06 01:45 Australia/Lord_Howe | only the first 01:45 counts
            FREQ=DAILY                  | 2011-12-20 10:00 Pacific/Apia   | 2011-12-30T19:00:00Z  | 2011-12-30 10:00 Pacific/Apia   | 10:00 on a day that was skipped is 10:00 of the next
            FREQ=DAILY                  | 0001-01-01                      | 2026-11-20T12:00:00Z  | 2026-11-20                      | two thousand years late
            """)
    void fixedIsNeverPast(String rule, String due, Instant completedAt, String next, String why) {
        assertThat(next(rule, FIXED, due, completedAt)).as(why).contains(new Next(due(next), Rule.parse(rule)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FREQ=DAILY;INTERVAL=10           | 2026-11-01                  | 2026-11-20T12:00:00Z | 2026-11-30                  | ten days later
            FREQ=DAILY;INTERVAL=10           | 2026-12-24                  | 2026-11-20T12:00:00Z | 2026-11-30                  | done early
            FREQ=DAILY                       | 2026-11-01                  | 2026-11-20T23:30:00Z | 2026-11-22                  | the day that it is in Berlin
            FREQ=DAILY                       | 2026-11-01 09:00            | 2026-11-20T05:00:00Z | 2026-11-21 09:00            | strictly after the day
            FREQ=DAILY                       | 2026-11-01 09:00 Asia/Tokyo | 2026-11-20T15:00:00Z | 2026-11-22 09:00 Asia/Tokyo | its own zone counts
            FREQ=WEEKLY                      | 2026-11-01                  | 2026-11-20T12:00:00Z | 2026-11-27                  | the weekday of completion
            FREQ=WEEKLY;BYDAY=MO             | 2026-11-02                  | 2026-11-20T12:00:00Z | 2026-11-23                  | the first Monday after it
            FREQ=WEEKLY;INTERVAL=2;BYDAY=MO  | 2026-11-02                  | 2026-11-20T12:00:00Z | 2026-11-30                  | two weeks from its week
            FREQ=MONTHLY                     | 2026-01-05                  | 2026-01-31T12:00:00Z | 2026-03-31                  | its day of the month
            FREQ=MONTHLY;BYMONTHDAY=-1       | 2026-01-05                  | 2026-01-31T12:00:00Z | 2026-02-28                  | the next month's end
            FREQ=YEARLY                      | 2026-01-05                  | 2028-02-29T12:00:00Z | 2032-02-29                  | its leap day
            FREQ=DAILY                       | 2026-03-20 02:30            | 2026-03-28T08:00:00Z | 2026-03-29 02:30            | into a gap
            """)
    void afterCompletionCountsFromThatDay(String rule, String due, Instant completedAt, String next, String why) {
        assertThat(next(rule, AFTER_COMPLETION, due, completedAt))
                .as(why)
                .contains(new Next(due(next), Rule.parse(rule)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FIXED            | FREQ=DAILY;COUNT=3  | 2026-11-20 | 2026-11-20T12:00:00Z | 2026-11-21 | FREQ=DAILY;COUNT=2
            FIXED            | FREQ=DAILY;COUNT=2  | 2026-11-20 | 2026-11-20T12:00:00Z | 2026-11-21 | FREQ=DAILY;COUNT=1
            FIXED            | FREQ=DAILY;COUNT=1  | 2026-11-20 | 2026-11-20T12:00:00Z |            |
            FIXED            | FREQ=DAILY;COUNT=9  | 2026-11-15 | 2026-11-20T12:00:00Z | 2026-11-20 | FREQ=DAILY;COUNT=4
            FIXED            | FREQ=DAILY;COUNT=6  | 2026-11-15 | 2026-11-20T12:00:00Z | 2026-11-20 | FREQ=DAILY;COUNT=1
            FIXED            | FREQ=DAILY;COUNT=5  | 2026-11-15 | 2026-11-20T12:00:00Z |            |
            FIXED            | FREQ=WEEKLY;BYDAY=TU;COUNT=3 | 2026-11-19 | 2026-11-20T12:00:00Z | 2026-11-24 | FREQ=WEEKLY;BYDAY=TU;COUNT=2
            AFTER_COMPLETION | FREQ=DAILY;COUNT=3  | 2026-11-15 | 2026-11-20T12:00:00Z | 2026-11-21 | FREQ=DAILY;COUNT=2
            AFTER_COMPLETION | FREQ=DAILY;COUNT=1  | 2026-11-15 | 2026-11-20T12:00:00Z |            |
            FIXED            | FREQ=DAILY;UNTIL=20261121 | 2026-11-20 | 2026-11-20T12:00:00Z | 2026-11-21 | FREQ=DAILY;UNTIL=20261121
            FIXED            | FREQ=DAILY;UNTIL=20261120 | 2026-11-20 | 2026-11-20T12:00:00Z |            |
            FIXED            | FREQ=DAILY;UNTIL=20261119 | 2026-11-10 | 2026-11-20T12:00:00Z |            |
            AFTER_COMPLETION | FREQ=DAILY;UNTIL=20261121 | 2026-11-10 | 2026-11-20T12:00:00Z | 2026-11-21 | FREQ=DAILY;UNTIL=20261121
            AFTER_COMPLETION | FREQ=DAILY;UNTIL=20261120 | 2026-11-10 | 2026-11-20T12:00:00Z |            |
            FIXED            | FREQ=DAILY;UNTIL=20261121 | 2026-11-20 23:30 America/New_York | 2026-11-20T12:00:00Z | 2026-11-21 23:30 America/New_York | FREQ=DAILY;UNTIL=20261121
            FIXED            | FREQ=DAILY;UNTIL=20261121T080000Z | 2026-11-20 09:00 | 2026-11-20T12:00:00Z | 2026-11-21 09:00 | FREQ=DAILY;UNTIL=20261121T080000Z
            FIXED            | FREQ=DAILY;UNTIL=20261121T075959Z | 2026-11-20 09:00 | 2026-11-20T12:00:00Z |                  |
            FIXED            | FREQ=DAILY;UNTIL=20261120T230000Z | 2026-11-20       | 2026-11-20T12:00:00Z | 2026-11-21       | FREQ=DAILY;UNTIL=20261120T230000Z
            FIXED            | FREQ=DAILY;UNTIL=20261120T225959Z | 2026-11-20       | 2026-11-20T12:00:00Z |                  |
            """)
    void countAndUntilEnd(Mode mode, String rule, String due, Instant completedAt, String next, String carried) {
        Optional<Next> expected = Optional.ofNullable(next).map(text -> new Next(due(text), Rule.parse(carried)));
        assertThat(next(rule, mode, due, completedAt)).isEqualTo(expected);
    }

    @Test
    void accountZoneDecidesWhatDayItIs() {
        Instant completedAt = Instant.parse("2026-11-20T12:00:00Z");
        assertThat(Stream.of("Pacific/Kiritimati", "Pacific/Pago_Pago")
                        .map(ZoneId::of)
                        .map(zone -> Recurrence.next(
                                Rule.parse("FREQ=DAILY"), AFTER_COMPLETION, due("2026-11-01"), completedAt, zone))
                        .map(next -> next.orElseThrow().due().date()))
                .containsExactly(LocalDate.of(2026, 11, 22), LocalDate.of(2026, 11, 21));
    }

    @Test
    void endsWithTheYear9999() {
        Instant longAgo = Instant.parse("2026-11-20T12:00:00Z");
        assertThat(next("FREQ=DAILY", FIXED, "9999-12-30", longAgo))
                .contains(new Next(due("9999-12-31"), Rule.parse("FREQ=DAILY")));
        assertThat(next("FREQ=DAILY", FIXED, "9999-12-31", longAgo)).isEmpty();
        assertThat(next("FREQ=YEARLY;INTERVAL=9999", FIXED, "2026-11-20", longAgo))
                .isEmpty();
        assertThat(next("FREQ=YEARLY", FIXED, "9996-02-29", longAgo)).isEmpty();
        assertThat(next("FREQ=YEARLY;INTERVAL=4000;BYMONTH=2;BYMONTHDAY=29", FIXED, "1900-02-28", longAgo))
                .isEmpty();
    }

    /** Each is the worst of its kind that was found; they take a few milliseconds once the JVM is warm. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
                "FREQ=DAILY;INTERVAL=7;BYMONTH=2;BYMONTHDAY=29;BYDAY=TU",
                "FREQ=WEEKLY;INTERVAL=9999;BYMONTH=2;UNTIL=00020101",
                "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2",
                "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
                "FREQ=YEARLY;INTERVAL=4000;BYMONTH=2;BYMONTHDAY=29",
                "FREQ=YEARLY;INTERVAL=4;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366",
                "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=1;COUNT=2000"
            })
    void saysSoonThatThereIsNoNext(String rule) {
        Rule parsed = Rule.parse(rule);
        Instant completedAt = Instant.parse("2026-11-20T12:00:00Z");
        long start = System.nanoTime();
        assertThat(Recurrence.next(parsed, FIXED, due("0001-01-01"), completedAt, ZoneOffset.UTC))
                .isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
    }

    @Test
    void keepsTheTimeToTheNanosecond() {
        Due due = new Due(LocalDate.of(2026, 11, 20), LocalTime.parse("23:59:59.999999999"), BERLIN);
        assertThat(Recurrence.next(Rule.parse("FREQ=DAILY"), FIXED, due, due.at(BERLIN), BERLIN))
                .map(Next::due)
                .contains(due.on(LocalDate.of(2026, 11, 21)));
    }

    private static Optional<Next> next(String rule, Mode mode, String due, Instant completedAt) {
        return Recurrence.next(Rule.parse(rule), mode, due(due), completedAt, BERLIN);
    }
}
