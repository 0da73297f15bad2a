package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The alarms of iCalendar: which reminders they become, and which they are in an export. */
class ImportAlarmsTest extends TransferTest {
    private JsonNode reminders(Stream<String> lines) {
        String[] all = Stream.concat(Stream.of("SUMMARY:Alarmed"), lines).toArray(String[]::new);
        imported(http, CALENDAR, calendar(todo(all)));
        return tasksOf(http).get(0).path("reminders");
    }

    private static Stream<String> alarm(String... lines) {
        return Stream.of(Stream.of("BEGIN:VALARM"), Stream.of(lines), Stream.of("END:VALARM"))
                .flatMap(part -> part);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    DUE;VALUE=DATE:20261201                           | TRIGGER;RELATED=END:-PT15H | 2340
                    DUE;VALUE=DATE:20261201                           | TRIGGER;RELATED=END:PT9H   | 900
                    DUE;VALUE=DATE:20261201                           | TRIGGER;RELATED=END:P1D    | 0
                    DUE;VALUE=DATE:20261201                           | TRIGGER:-PT15H             | 2340
                    DUE;VALUE=DATE:20261201                           | TRIGGER:-P364D             | 525600
                    DTSTART;VALUE=DATE:20261130+DUE;VALUE=DATE:20261201 | TRIGGER:PT9H             | 2340
                    DTSTART;VALUE=DATE:20261130+DURATION:P1D          | TRIGGER;RELATED=END:PT9H   | 900
                    DTSTART;VALUE=DATE:20261130+RRULE:FREQ=DAILY      | TRIGGER:PT9H               | 900
                    DUE:20261201T120000                               | TRIGGER;RELATED=END:-PT15M | 15
                    DTSTART:20261201T110000+DUE:20261201T120000       | TRIGGER:-PT15M             | 75
                    DTSTART:20261201T110000+DUE:20261201T120000       | TRIGGER:PT1H               | 0
                    """)
    void anAlarmCountsFromWhereTheDayBeginsAndAReminderFromWhereItEnds(String due, String trigger, int minutes) {
        assertThat(reminders(Stream.concat(Stream.of(due.split("\\+", -1)), alarm(trigger)))
                        .toString())
                .isEqualTo("[{\"minutes_before\":%d,\"remind_at\":null}]".formatted(minutes));
    }

    @ParameterizedTest
    @CsvSource({
        "2340, null, -PT900M",
        "1440, null, -PT0M",
        "900, null, PT540M",
        "0, null, PT1440M",
        "525600, null, -PT524160M",
        "900, 12:00, -PT900M",
        "0, 12:00, -PT0M"
    })
    void anExportedAlarmGoesOffWhenTheReminderDoes(int minutes, String time, String trigger) {
        String line = """
                {"title": "Alarmed", "due_date": "2026-12-01", "due_time": %s, "reminders": [{"minutes_before": %d}]}
                """.formatted(time.equals("null") ? time : "\"" + time + "\"", minutes);
        imported(http, JSON_LINES, line);
        String file = exported(http, CALENDAR);
        assertThat(file).contains("TRIGGER;RELATED=END:" + trigger + "\r\n");
        imported(as("other-" + user), CALENDAR, file);
        assertThat(kept(tasksOf(as("other-" + user)))).isEqualTo(kept(tasksOf(http)));
    }

    @ParameterizedTest
    @CsvSource({
        "DUE:20261224T120000, TRIGGER;RELATED=END:PT15M, X-A:1",
        "DUE:20261224T120000, TRIGGER;RELATED=END:PT1S, X-A:1",
        "DUE;VALUE=DATE:20261224, TRIGGER:P1DT1M, X-A:1",
        "DUE:20261224T120000, TRIGGER:-P60W, X-A:1",
        "DUE:20261224T120000, TRIGGER;VALUE=DATE-TIME:00001231T000000Z, X-A:1",
        "DUE:20261224T120000, TRIGGER:-PT5M, ACTION:NONE",
        "DUE:20261224T120000, TRIGGER;VALUE=DATE-TIME:19760401T005545Z, X-APPLE-PROXIMITY:ARRIVE",
        "DUE:20261224T120000, ACTION:DISPLAY, X-A:1",
        "X-NO-DUE:1, TRIGGER:-PT5M, X-A:1",
        "DTSTART:20261224T120000, TRIGGER:-PT5M, X-A:1",
        "DTSTART;VALUE=DATE:20261224, TRIGGER:-PT5M, X-A:1",
        "DTSTART:20261224T120000Z, TRIGGER;RELATED=END:-PT5M, X-A:1",
        "DTSTART:20261224T120000Z, TRIGGER:P999999W, X-A:1"
    })
    void anAlarmThatNoTaskCanKeepCostsOnlyItself(String due, String trigger, String more) {
        assertThat(reminders(Stream.concat(Stream.of(due), alarm(trigger, more))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DUE:20261224T120000Z, TRIGGER;VALUE=DATE-TIME:20261224T130000Z, 2026-12-24T13:00:00Z",
        "DTSTART:20261224T120000Z, TRIGGER:-PT5M, 2026-12-24T11:55:00Z",
        "DTSTART;TZID=Asia/Tokyo:20261224T120000, TRIGGER:PT5M, 2026-12-24T03:05:00Z"
    })
    void anAlarmWhoseInstantIsKnownKeepsIt(String due, String trigger, String at) {
        assertThat(reminders(Stream.concat(Stream.of(due), alarm(trigger))).toString())
                .isEqualTo("[{\"minutes_before\":null,\"remind_at\":\"%s\"}]".formatted(at));
    }

    @Test
    void theFirstTenAlarmsAreKept() {
        Stream<String> eleven = IntStream.rangeClosed(1, 11)
                .boxed()
                .flatMap(minutes -> alarm("TRIGGER;RELATED=END:-PT" + minutes + "M"));
        assertThat(reminders(Stream.concat(Stream.of("DUE:20261224T120000"), eleven))
                        .valueStream())
                .extracting(reminder -> reminder.path("minutes_before").asInt())
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }
}
