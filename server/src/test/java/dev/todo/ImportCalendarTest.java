package dev.todo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** iCalendar as other programs write it, and as attackers do. */
class ImportCalendarTest extends TransferTest {
    private static final String GOOD = todo("SUMMARY:Good");

    private JsonNode task(String... lines) {
        imported(http, CALENDAR, calendar(todo(lines)));
        List<JsonNode> all = tasksOf(http);
        return all.get(all.size() - 1);
    }

    @Test
    void thunderbirdAndNextcloudTasksAreRead() {
        JsonNode task = task(
                "CREATED:20260101T080000Z",
                "LAST-MODIFIED:20260102T080000Z",
                "DTSTAMP:20260102T080000Z",
                "UID:7f5cf6b7",
                "SUMMARY;LANGUAGE=de:Miete überweisen\\, pünktlich\\; sofo",
                " rt",
                "STATUS:IN-PROCESS",
                "PERCENT-COMPLETE:50",
                "PRIORITY:1",
                "CATEGORIES:Haus,Geld",
                "CATEGORIES:haus,a\\nb",
                "DTSTART;TZID=Europe/Berlin:20261201T080000",
                "DUE;TZID=\"Europe/Berlin\":20261201T090000",
                "RRULE:FREQ=MONTHLY;BYMONTHDAY=1",
                "DESCRIPTION:Erste Zeile\\nZweite\\NDritte",
                "X-MOZ-LASTACK:20260102T080000Z",
                "X-APPLE-SORT-ORDER:12",
                "GEO:48.85;2.35",
                "ATTENDEE;MEMBER=\"mailto:a@example.com\",\"mailto:b@example.com\":mailto:c@example.com",
                "BEGIN:VALARM",
                "ACTION:DISPLAY",
                "TRIGGER:-PT15M",
                "DESCRIPTION:Miete",
                "END:VALARM",
                "BEGIN:VALARM",
                "ACTION:DISPLAY",
                "TRIGGER;RELATED=END:-P1DT1H",
                "END:VALARM",
                "BEGIN:VALARM",
                "ACTION:NONE",
                "TRIGGER;VALUE=DATE-TIME:19760401T005545Z",
                "END:VALARM",
                "BEGIN:VALARM",
                "ACTION:AUDIO",
                "TRIGGER;VALUE=DATE-TIME:20261130T170000Z",
                "END:VALARM");
        assertThat(task.path("title").asString()).isEqualTo("Miete überweisen, pünktlich; sofort");
        assertThat(task.path("description").asString()).isEqualTo("Erste Zeile\nZweite\nDritte");
        assertThat(task.path("completed").asBoolean()).isFalse();
        assertThat(task.path("priority").asString()).isEqualTo("urgent");
        assertThat(task.path("tags").valueStream().map(JsonNode::asString)).containsExactly("Haus", "Geld", "a\nb");
        assertThat(task.path("due_at").asString()).isEqualTo("2026-12-01T08:00:00Z");
        assertThat(task.path("due_time_zone").asString()).isEqualTo("Europe/Berlin");
        assertThat(task.path("recurrence").asString()).isEqualTo("FREQ=MONTHLY;BYMONTHDAY=1");
        assertThat(task.path("created_at").asString()).isEqualTo("2026-01-01T08:00:00Z");
        assertThat(task.path("reminders").toString())
                .isEqualTo("[{\"minutes_before\":75,\"remind_at\":null},{\"minutes_before\":1500,\"remind_at\":null},"
                        + "{\"minutes_before\":null,\"remind_at\":\"2026-11-30T17:00:00Z\"}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    DUE;VALUE=DATE:20261224                        | 2026-12-24 | null  | null
                    DUE:20261224                                   | 2026-12-24 | null  | null
                    DUE:20261224T183059                            | 2026-12-24 | 18:30 | null
                    DUE:20261224T183060Z                           | 2026-12-24 | 18:30 | UTC
                    DUE;TZID=Asia/Tokyo:20261224T183000            | 2026-12-24 | 18:30 | Asia/Tokyo
                    DUE;TZID=/mozilla.org/20050126_1/Europe/Rome:20261224T183000 | 2026-12-24 | 18:30 | Europe/Rome
                    due;tzid=Asia/Tokyo:20261224T183000            | 2026-12-24 | 18:30 | Asia/Tokyo
                    DTSTART:20261224T080000                        | null | null | null
                    """)
    void aDueIsReadAsItIsWritten(String line, String date, String time, String zone) {
        JsonNode task = task("SUMMARY:Due", line);
        assertThat(List.of("due_date", "due_time", "due_time_zone"))
                .extracting(field -> task.path(field).asString("null"))
                .containsExactly(date, time, zone);
    }

    @ParameterizedTest
    @CsvSource({
        "DTSTART:20261224T080000, DURATION:PT1H30M, 2026-12-24, 09:30",
        "DTSTART;VALUE=DATE:20261224, DURATION:P1W, 2026-12-31, null",
        "DTSTART:20261224T080000, DURATION:P1D, 2026-12-25, 08:00",
        "DTSTART:20261224T080000, RRULE:FREQ=DAILY, 2026-12-24, 08:00"
    })
    void aStartAndADurationMakeADue(String start, String more, String date, String time) {
        JsonNode task = task("SUMMARY:Due", start, more);
        assertThat(task.path("due_date").asString()).isEqualTo(date);
        assertThat(task.path("due_time").asString("null")).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "STATUS:COMPLETED, COMPLETED:20260101T120000Z, true, 2026-01-01T12:00:00Z",
        "STATUS:COMPLETED, X-NOTHING:1, true, null",
        "STATUS:CANCELLED, X-NOTHING:1, true, null",
        "PERCENT-COMPLETE:100, X-NOTHING:1, true, null",
        "X-NOTHING:1, COMPLETED:20260101T120000Z, true, 2026-01-01T12:00:00Z",
        "STATUS:NEEDS-ACTION, COMPLETED:20260101T120000Z, false, null",
        "PERCENT-COMPLETE:99, X-NOTHING:1, false, null"
    })
    void whatIsDoneIsToldInSeveralWays(String one, String other, boolean completed, String at) {
        JsonNode task = task("SUMMARY:Done?", one, other);
        assertThat(task.path("completed").asBoolean()).isEqualTo(completed);
        assertThat(task.path("completed_at").asString("null")).isEqualTo(at);
    }

    @ParameterizedTest
    @CsvSource({"0, none", "1, urgent", "2, urgent", "3, high", "4, high", "5, medium", "6, low", "7, low", "9, low"})
    void prioritiesHaveNineDegreesElsewhere(String written, String priority) {
        assertThat(task("SUMMARY:x", "PRIORITY:" + written).path("priority").asString())
                .isEqualTo(priority);
    }

    @Test
    void aTimeThatNobodyKnowsIsNone() {
        assertThat(task("SUMMARY:Outlook", "CREATED:00001231T000000Z")
                        .path("title")
                        .asString())
                .isEqualTo("Outlook");
    }

    @Test
    void linesMayEndWithLfAlone() {
        imported(
                http,
                CALENDAR,
                calendar(todo("SUMMARY:Un", " folded"), todo("SUMMARY:Two")).replace("\r\n", "\n"));
        assertThat(tasksOf(http))
                .extracting(task -> task.path("title").asString())
                .containsExactly("Unfolded", "Two");
    }

    @Test
    void whatSomebodyElseHasChangedCounts() {
        imported(http, JSON_LINES, "{\"title\": \"Bell\\u0007\"}");
        String file = exported(http, CALENDAR);
        assertThat(file).contains("SUMMARY:Bell\r\n", "X-TODO-EXACT-SUMMARY:");
        imported(http, CALENDAR, file.replace("SUMMARY:Bell\r\n", "SUMMARY:Changed\r\n"));
        assertThat(tasksOf(http))
                .extracting(task -> task.path("title").asString())
                .containsExactly("Bell\u0007", "Changed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    DUE:tomorrow                        | - has a DUE that is no date, and no time of one
                    DUE:20260230                        | - has a DUE on a day that there is not
                    DUE;TZID=Mars/Base:20261224T183000  | - has a DUE in a time zone that is not known: write an IANA name, as TZID=Europe/Berlin
                    ORGANIZER;CN="Jo:mailto:x           | - has a double quote that is not closed, in ORGANIZER
                    "ORGANIZER:mailto:x                 | - has a double quote that is not closed, in a name
                    ORGANIZER;CN="Jo:mailto:x"          | - is not well-formed iCalendar
                    PRIORITY:10                         | - has a PRIORITY other than 0 to 9
                    DURATION:later                      | - is not well-formed iCalendar
                    NOTHING                             | - is not well-formed iCalendar
                    RRULE:FREQ=DAILY                    | /recurrence needs a due_date
                    CATEGORIES:a\\,b                    | /tags/0 must not be blank, and must have no comma
                    X-TODO-ID:first                     | - has a X-TODO-ID that is no number
                    CREATED:29900101T000000Z            | /created_at must not be in the future
                    """)
    void aBadTaskIsNamedByTheLineWhereItBegins(String line, String says) {
        String broken = line.equals("DURATION:later") ? "DURATION" : line;
        String file = calendar(GOOD, todo("SUMMARY:Bad", broken), GOOD);
        assertThat(refused(CALENDAR, file)).containsExactly("6 " + says);
        JsonNode report = report(sending(SKIP, CALENDAR, file));
        assertThat(report.path("imported").asInt()).isEqualTo(2);
        assertThat(errors(report)).containsExactly("6 " + says);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x08, 0x0b, 0x0c, 0x0d, 0x1f, 0x7f})
    void noControlCharacterIsDroppedInSilence(int control) {
        for (String line : List.of(
                "SUMMARY:a" + Character.toString(control) + "b",
                "X-A:x" + Character.toString(control) + "END:VTODO" + Character.toString(control) + "BEGIN:VTODO",
                "X-A;B=" + Character.toString(control) + ":c")) {
            assertThat(refused(CALENDAR, calendar(GOOD, todo("SUMMARY:Bad", line), GOOD)))
                    .containsExactly("6 - must not contain U+%04X".formatted(control));
        }
    }

    @Test
    void whatIsNoNameIsNotRepeated() {
        assertThat(refused(CALENDAR, calendar(todo("SUMMARY:Bad", "X" + "😀".repeat(60) + ";A=\":x"))))
                .containsExactly("3 - has a double quote that is not closed, in a name");
    }

    @Test
    void aBackslashEscapesNoQuote() {
        JsonNode task = task("ORGANIZER;CN=\"Jo\\\":mailto:x", "SUMMARY:Here\tI \"am", "DESCRIPTION:\"");
        assertThat(task.path("title").asString()).isEqualTo("Here\tI \"am");
        assertThat(task.path("description").asString()).isEqualTo("\"");
    }

    @Test
    void aTaskWithoutATitleIsNone() {
        assertThat(refused(CALENDAR, calendar(todo("UID:1")))).containsExactly("3 /title is required");
    }

    @Test
    void whatIsNoTaskIsToldAndNotDroppedInSilence() {
        String event = "BEGIN:VEVENT\r\nSUMMARY:Party\r\nBEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT";
        String file = calendar("BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nEND:VTIMEZONE", event, GOOD);
        assertThat(refused(CALENDAR, file)).containsExactly("6 - is no VTODO: only these are imported");
        JsonNode report = report(sending(SKIP, CALENDAR, file));
        assertThat(report.path("imported").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\r\n", "nonsense", "{\"title\": \"JSON\"}", "BEGIN:VTODO\r\nSUMMARY:x\r\nEND:VTODO\r\n"})
    void whatIsNoCalendarIsNotRead(String file) {
        assertThat(refused(CALENDAR, file))
                .hasSize(1)
                .first()
                .asString()
                .endsWith("- is not iCalendar: a file must begin with BEGIN:VCALENDAR");
    }

    @Test
    void aFileThatWasCutOffIsNotWhole() {
        String file = calendar(GOOD, GOOD);
        String cut = file.substring(0, file.lastIndexOf("END:VTODO"));
        assertThat(refused(CALENDAR, cut)).containsExactly("6 - has no END: the file has been cut off");
        assertThat(report(sending(SKIP, CALENDAR, cut)).path("imported").asInt())
                .isEqualTo(1);
        assertThat(errors(report(sending(SKIP, CALENDAR, file.substring(0, file.lastIndexOf("END:VCALENDAR"))))))
                .hasSize(1);
    }

    @Test
    void anEndThatDoesNotMatchSpoilsNoOther() {
        String file = calendar(
                todo("SUMMARY:a", "BEGIN:VALARM", "TRIGGER:-PT1M"), GOOD, todo("SUMMARY:b", "END:VALARM"), GOOD);
        JsonNode report = report(sending(SKIP, CALENDAR, file));
        assertThat(report.path("imported").asInt()).isEqualTo(2);
        assertThat(errors(report))
                .containsExactly(
                        "3 - has an END that does not match its BEGIN",
                        "11 - has an END that does not match its BEGIN");
    }

    @Test
    void attacksCostNothingButThemselves() {
        String nested = "BEGIN:X\r\n".repeat(100_000) + "END:X\r\n".repeat(100_000);
        String alarms = "BEGIN:VALARM\r\nTRIGGER:-PT1M\r\nEND:VALARM\r\n".repeat(10_000);
        String few = "BEGIN:VALARM\r\nTRIGGER:-PT1M\r\nEND:VALARM\r\n".repeat(11);
        String zones = "BEGIN:VTIMEZONE\r\nTZID:Z\r\nRRULE:FREQ=SECONDLY\r\nEND:VTIMEZONE\r\n".repeat(10_000);
        String file = calendar(
                zones.stripTrailing(),
                todo("SUMMARY:Nested", nested.stripTrailing()),
                todo("SUMMARY:Alarms", alarms.stripTrailing()),
                todo("SUMMARY:Eleven", "DUE:20261224", few.stripTrailing()),
                todo("SUMMARY:Rule", "DUE:20261224", "RRULE:FREQ=DAILY;COUNT=1000000000000"),
                todo("SUMMARY:Far", "DUE:20261224", "BEGIN:VALARM", "TRIGGER:-P60W", "END:VALARM"),
                todo("SUMMARY:Folded" + "\r\n x".repeat(100_000)),
                todo("SUMMARY:\u0000"),
                GOOD);
        JsonNode report = report(sending(SKIP, CALENDAR, file));
        assertThat(report.path("imported").asInt()).isEqualTo(3);
        assertThat(errors(report).stream().map(error -> error.substring(error.indexOf(' ') + 1)))
                .containsExactly(
                        "- nests components too deeply",
                        "- is over 65536 bytes: make it shorter",
                        "/recurrence COUNT takes a whole number from 1 to 9999.",
                        "- is over 65536 bytes: make it shorter",
                        "- must not contain U+0000");
    }

    @Test
    void anExportIsWellFormed() {
        imported(http, JSON_LINES, """
                {"title": "%s", "due_date": "2026-12-01", "due_time": "09:00", "due_time_zone": "Europe/Berlin"}
                {"title": "Again", "due_date": "2026-12-01", "due_time": "09:00", "due_time_zone": "Europe/Berlin"}
                """.formatted("😀é".repeat(90)));
        String file = exported(http, CALENDAR);
        assertThat(file).startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:").endsWith("END:VCALENDAR\r\n");
        assertThat(file.indexOf("TZID:Europe/Berlin"))
                .isPositive()
                .isLessThan(file.indexOf("BEGIN:VTODO"))
                .isEqualTo(file.lastIndexOf("TZID:Europe/Berlin"));
        assertThat(file.split("\r\n", -1)).allMatch(line -> line.getBytes(UTF_8).length <= 75);
        assertThat(file).contains("DUE;TZID=Europe/Berlin:20261201T090000\r\n").doesNotContain("TZURL");
    }
}
