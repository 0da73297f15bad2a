package dev.todo.tasks.recurrence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of <a href="https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5.3">RFC 5545, section 3.8.5.3</a>, as far as
 * their rules are taken here. All begin at 09:00 in New York, and each is completed at the moment it is due.
 */
class RecurrenceRfcTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    /** A dot is the end; without it, the rule goes on. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FREQ=DAILY;COUNT=10                                              | 1997-09:2,3,4,5,6,7,8,9,10,11 .
            FREQ=DAILY;INTERVAL=10;COUNT=5                                   | 1997-09:2,12,22 1997-10:2,12 .
            FREQ=WEEKLY;COUNT=10                                             | 1997-09:2,9,16,23,30 1997-10:7,14,21,28 1997-11:4 .
            FREQ=WEEKLY;UNTIL=19971224T000000Z                               | 1997-09:2,9,16,23,30 1997-10:7,14,21,28 1997-11:4,11,18,25 1997-12:2,9,16,23 .
            FREQ=WEEKLY;INTERVAL=2;WKST=SU                                   | 1997-09:2,16,30 1997-10:14,28 1997-11:11,25 1997-12:9,23 1998-01:6,20 1998-02:3,17
            FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH           | 1997-09:2,4,9,11,16,18,23,25,30 1997-10:2 .
            FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH                         | 1997-09:2,4,9,11,16,18,23,25,30 1997-10:2 .
            FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR | 1997-09:1,3,5,15,17,19,29 1997-10:1,3,13,15,17,27,29,31 1997-11:10,12,14,24,26,28 1997-12:8,10,12,22 .
            FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH               | 1997-09:2,4,16,18,30 1997-10:2,14,16 .
            FREQ=MONTHLY;COUNT=10;BYDAY=1FR                                  | 1997-09:5 1997-10:3 1997-11:7 1997-12:5 1998-01:2 1998-02:6 1998-03:6 1998-04:3 1998-05:1 1998-06:5 .
            FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR                    | 1997-09:5 1997-10:3 1997-11:7 1997-12:5 .
            FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU                  | 1997-09:7,28 1997-11:2,30 1998-01:4,25 1998-03:1,29 1998-05:3,31 .
            FREQ=MONTHLY;COUNT=6;BYDAY=-2MO                                  | 1997-09:22 1997-10:20 1997-11:17 1997-12:22 1998-01:19 1998-02:16 .
            FREQ=MONTHLY;BYMONTHDAY=-3                                       | 1997-09:28 1997-10:29 1997-11:28 1997-12:29 1998-01:29 1998-02:26
            FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15                            | 1997-09:2,15 1997-10:2,15 1997-11:2,15 1997-12:2,15 1998-01:2,15 .
            FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1                            | 1997-09:30 1997-10:1,31 1997-11:1,30 1997-12:1,31 1998-01:1,31 1998-02:1 .
            FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15   | 1997-09:10,11,12,13,14,15 1999-03:10,11,12,13 .
            FREQ=MONTHLY;INTERVAL=2;BYDAY=TU                                 | 1997-09:2,9,16,23,30 1997-11:4,11,18,25 1998-01:6,13,20,27 1998-03:3,10,17,24,31
            FREQ=YEARLY;COUNT=10;BYMONTH=6,7                                 | 1997-06:10 1997-07:10 1998-06:10 1998-07:10 1999-06:10 1999-07:10 2000-06:10 2000-07:10 2001-06:10 2001-07:10 .
            FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3                    | 1997-03:10 1999-01:10 1999-02:10 1999-03:10 2001-01:10 2001-02:10 2001-03:10 2003-01:10 2003-02:10 2003-03:10 .
            FREQ=YEARLY;BYDAY=20MO                                           | 1997-05:19 1998-05:18 1999-05:17
            FREQ=YEARLY;BYMONTH=3;BYDAY=TH                                   | 1997-03:13,20,27 1998-03:5,12,19,26 1999-03:4,11,18,25
            FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8                               | 1997-06:5,12,19,26 1997-07:3,10,17,24,31 1997-08:7,14,21,28 1998-06:4,11,18,25 1998-07:2,9,16,23,30 1998-08:6,13,20,27
            FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13                              | 1997-09:2 1998-02:13 1998-03:13 1998-11:13 1999-08:13 2000-10:13
            FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13               | 1997-09:13 1997-10:11 1997-11:8 1997-12:13 1998-01:10 1998-02:7 1998-03:7 1998-04:11 1998-05:9 1998-06:13
            FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8 | 1996-11:5 2000-11:7 2004-11:2
            FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3                   | 1997-09:4 1997-10:7 1997-11:6 .
            FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2                    | 1997-09:29 1997-10:30 1997-11:27 1997-12:30 1998-01:29 1998-02:26 1998-03:30
            FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO               | 1997-08:5,10,19,24 .
            FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU               | 1997-08:5,17,19,31 .
            FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5                            | 2007-01:15,30 2007-02:15 2007-03:15,30 .
            """)
    void unfoldsAsTheRfcShows(String rule, String months) {
        List<LocalDate> dates = Stream.of(months.split(" "))
                .filter(month -> !month.equals("."))
                .flatMap(RecurrenceRfcTest::days)
                .toList();
        assertUnfolds(rule, dates, months.endsWith("."));
    }

    private static Arguments[] longExamples() {
        List<LocalDate> januaries = Stream.of(1998, 1999, 2000)
                .flatMap(year -> IntStream.rangeClosed(1, 31).mapToObj(day -> LocalDate.of(year, 1, day)))
                .toList();
        return new Arguments[] {
            Arguments.of("FREQ=DAILY;UNTIL=19971224T000000Z", every(1, "1997-09-02", "1997-12-23"), true),
            Arguments.of("FREQ=DAILY;INTERVAL=2", every(2, "1997-09-02", "1997-12-03"), false),
            Arguments.of("FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA", januaries, true),
            Arguments.of("FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", januaries, true)
        };
    }

    @ParameterizedTest
    @MethodSource("longExamples")
    void unfoldsLongExamples(String rule, List<LocalDate> dates, boolean ends) {
        assertUnfolds(rule, dates, ends);
    }

    private static void assertUnfolds(String text, List<LocalDate> dates, boolean ends) {
        Chain chain = Chain.of(Rule.parse(text), new Due(dates.get(0), LocalTime.of(9, 0), NEW_YORK));
        List<LocalDate> found = chain.take(dates.size() + 1);
        assertThat(found.subList(0, dates.size())).isEqualTo(dates);
        assertThat(found).hasSize(ends ? dates.size() : dates.size() + 1);
    }

    private static Stream<LocalDate> days(String month) {
        String[] monthAndDays = month.split(":", -1);
        return Stream.of(monthAndDays[1].split(","))
                .map(day -> LocalDate.parse(monthAndDays[0] + "-01").withDayOfMonth(Integer.parseInt(day)));
    }

    private static List<LocalDate> every(int days, String first, String last) {
        return LocalDate.parse(first)
                .datesUntil(LocalDate.parse(last).plusDays(1), Period.ofDays(days))
                .toList();
    }
}
