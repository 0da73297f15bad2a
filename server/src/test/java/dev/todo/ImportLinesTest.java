package dev.todo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** JSON Lines: what is imported of them, and what is said of those that are bad. */
class ImportLinesTest extends TransferTest {
    private static final String GOOD = "{\"title\": \"Good\"}\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"title": "x"                                    | - | The line is not well-formed JSON at column 14.
                    title                                            | - | The line is not well-formed JSON at column 1.
                    {} {}                                            | - | The line is not well-formed JSON at column 4.
                    {"title": "x", "title": "y"}                     | - | A field is given twice at column 23.
                    []                                               | - | must be an object
                    "text"                                           | - | must be an object
                    null                                             | - | must be an object
                    {}                                               | /title | is required
                    {"title": " "}                                   | /title | must not be blank
                    {"title": "x", "colour": "red"}                  | /colour | is not a field of this request
                    {"title": "a\\u0000"}                            | /title | must not contain U+0000
                    {"title": "x", "description": "\\u0000"}         | /description | must not contain U+0000
                    {"title": "\\ud800"}                             | /title | must be well-formed Unicode: half of a surrogate pair is missing
                    {"title": "x", "completed": "yes"}               | /completed | must be a boolean
                    {"title": "x", "priority": "huge"}               | /priority | must be one of none, low, medium, high, urgent
                    {"title": "x", "tags": ["a", "A"]}               | /tags/1 | is the same tag as /tags/0: send it once
                    {"title": "x", "tags": ["a,b"]}                  | /tags/0 | must not be blank, and must have no comma
                    {"title": "x", "due_time": "09:00"}              | /due_time | needs a due_date: send one, or null for this too
                    {"title": "x", "due_date": "1899-12-31"}         | /due_date | must lie in the years 1900 to 9999
                    {"title": "x", "due_date": "2026-12-01", "due_time": "09:00", "due_time_zone": "Mars/Base"} | /due_time_zone | is not a time zone: name one as Europe/Berlin
                    {"title": "x", "recurrence": "FREQ=DAILY"}       | /recurrence | needs a due_date
                    {"title": "x", "due_date": "2026-12-01", "recurrence": "FREQ=HOURLY"} | /recurrence | FREQ=HOURLY is not taken: a task is due once a day at most.
                    {"title": "x", "reminders": [{"minutes_before": 5}]} | /reminders/0/minutes_before | needs a due_date
                    {"title": "x", "created_at": "2990-01-01T00:00:00Z"} | /created_at | must not be in the future
                    {"title": "x", "created_at": "1899-01-01T00:00:00Z"} | /created_at | must lie in the years 1900 to 9999
                    {"title": "x", "created_at": null}               | /created_at | must be a string
                    {"title": "x", "completed_at": "2020-01-01T00:00:00Z"} | /completed_at | needs completed to be true: send true, or null for this
                    {"title": "x", "completed": true, "completed_at": "2990-01-01T00:00:00Z"} | /completed_at | must not be in the future
                    {"title": "x", "id": 0}                          | /id | must be at least 1
                    {"title": "x", "series_id": 1.5}                 | /series_id | must be an integer or null
                    {"title": "x", "id": 7, "next_occurrence_id": 7} | /next_occurrence_id | must be another task's
                    {"title": "x", "id": 9007199254740992}           | /id | must be at most 9007199254740991
                    {"title": "x", "created_at": "2016-12-31T23:59:00+18:30"} | /created_at | is well-formed, but there is no such value
                    {"title": "x", "completed": true, "completed_at": "2016-12-31T23:59:00+18:30"} | /completed_at | is well-formed, but there is no such value
                    {"title": "x", "due_at": "2016-12-31T23:59:00+18:30"} | /due_at | is well-formed, but there is no such value
                    {"title": "x", "updated_at": "2016-12-31T23:59:00+18:30"} | /updated_at | is well-formed, but there is no such value
                    {"title": "x", "reminders": [{"minutes_before": 5}, {"remind_at": "2016-12-31T23:59:00+18:30"}]} | /reminders/1/remind_at | is well-formed, but there is no such value
                    {"title": "x", "user_id": "\\u0000"} | /user_id | must not contain U+0000
                    """)
    void aBadLineIsNamed(String line, String pointer, String message) {
        String file = GOOD + line + "\n" + GOOD;
        assertThat(refused(JSON_LINES, file)).containsExactly("2 " + pointer + " " + message);

        JsonNode report = report(sending(SKIP, JSON_LINES, file));
        assertThat(report.path("imported").asInt()).isEqualTo(2);
        assertThat(report.path("failed").asInt()).isEqualTo(1);
        assertThat(errors(report)).containsExactly("2 " + pointer + " " + message);
        assertThat(tasksOf(http))
                .extracting(task -> task.path("title").asString())
                .containsExactly("Good", "Good");
    }

    @Test
    void aSeriesHasOneOpenOccurrence() {
        String open = """
                {"title": "x", "id": %d, "series_id": 5, "due_date": "2990-01-01", "recurrence": "FREQ=DAILY"}
                """;
        assertThat(refused(JSON_LINES, GOOD + open.formatted(5) + open.formatted(6)))
                .containsExactly("3 /series_id has an open occurrence in this file already");
        assertThat(report(sending(SKIP, JSON_LINES, open.formatted(5) + open.formatted(6)))
                        .path("imported")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aFileHasAHundredThousandEntries() {
        String file = GOOD + "{}\n".repeat(100_000);
        assertThat(refused(JSON_LINES, file)).containsExactly("100001 - is one entry too many");
        Refused.with(422, "invalid-content", sending(SKIP, JSON_LINES, file));
        assertThat(tasksOf(http)).isEmpty();
    }

    @Test
    void allThatIsWrongIsTold() {
        assertThat(refused(JSON_LINES, "{\"title\": \"\", \"colour\": 1}\n" + GOOD + "nonsense\n"))
                .containsExactly(
                        "1 /colour is not a field of this request",
                        "1 /title must not be blank",
                        "3 - The line is not well-formed JSON at column 1.");
    }

    @Test
    void aHundredErrorsAreToldAndAllAreCounted() {
        String file = "nonsense\n".repeat(150) + GOOD;
        assertThat(refused(JSON_LINES, file)).hasSize(100);
        JsonNode report = report(sending(SKIP, JSON_LINES, file));
        assertThat(report.path("failed").asInt()).isEqualTo(150);
        assertThat(report.path("imported").asInt()).isEqualTo(1);
        assertThat(report.path("errors")).hasSize(100);
    }

    @Test
    void aLineHas64KiBAndNotAByteMore() {
        String longest = "{\"title\": \"Long\"" + " ".repeat(64 * 1024 - 17) + "}";
        assertThat(longest).hasSize(64 * 1024);
        assertThat(imported(http, JSON_LINES, longest + "\r\n" + longest + "\n" + longest)
                        .path("imported")
                        .asInt())
                .isEqualTo(3);
        String tooLong = longest + " ";
        for (String file :
                List.of(GOOD + tooLong + "\n" + GOOD, GOOD + tooLong + "\r\n", GOOD + "x".repeat(1_000_000))) {
            Refused refused = Refused.with(422, "invalid-content", sending(IMPORT, JSON_LINES, file));
            assertThat(errors(refused.problem())).containsExactly("2 - is over 65536 bytes: make it shorter");
        }
    }

    @Test
    void aLineThatIsNotUtf8IsNamed() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(GOOD.getBytes(UTF_8));
        file.writeBytes("{\"title\": \"".getBytes(UTF_8));
        file.write(0xc3);
        file.writeBytes("\"}\n".getBytes(UTF_8));
        Refused refused = Refused.with(422, "invalid-content", sending(http, IMPORT, JSON_LINES, file.toByteArray()));
        assertThat(errors(refused.problem())).containsExactly("2 - The line is not UTF-8.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ufeff{\"title\": \"One\"}\n{\"title\": \"Two\"}\n",
                "{\"title\": \"One\"}\r\n{\"title\": \"Two\"}\r\n",
                "\n\n  \t\r\n{\"title\": \"One\"}\n\n{\"title\": \"Two\"}",
                " {\"title\": \"One\"} \n\t{\"title\": \"Two\"}\t"
            })
    void whateverWayLinesEndTheyAreRead(String file) {
        imported(http, JSON_LINES, file);
        assertThat(tasksOf(http))
                .extracting(task -> task.path("title").asString())
                .containsExactly("One", "Two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\ufeff", "\r\n\r\n"})
    void nothingIsImportedOfNothing(String file) {
        JsonNode report = imported(http, JSON_LINES, file);
        assertThat(report.path("imported").asInt()).isZero();
        assertThat(tasksOf(http)).isEmpty();
    }

    @Test
    void aLineMayBeWhatCreateTaskTakes() {
        imported(
                http,
                JSON_LINES,
                "{\"title\": \"  Done \", \"completed\": true, \"due_date\": \"2026-12-01\","
                        + " \"recurrence\": \"freq=daily\"}");
        JsonNode task = tasksOf(http).get(0);
        assertThat(tasksOf(http)).as("importing completes nothing").hasSize(1);
        assertThat(task.path("title").asString()).isEqualTo("Done");
        assertThat(task.path("recurrence").asString()).isEqualTo("FREQ=DAILY");
        assertThat(task.path("completed_at")).isEqualTo(task.path("created_at")).isEqualTo(task.path("updated_at"));
    }

    @Test
    void whatTheServerKnowsIsReadAndNotKept() {
        String victim = "victim-" + user;
        giveAccount(victim);
        imported(as(victim), JSON_LINES, "{\"title\": \"Secret\"}");
        JsonNode secret = tasksOf(as(victim)).get(0);

        imported(http, JSON_LINES, """
                {"title": "Mine", "id": %1$s, "series_id": %1$s, "next_occurrence_id": %1$s1, "user_id": "%2$s", \
                "version": 7, "updated_at": "2020-01-01T00:00:00Z", "due_at": "2020-01-01T00:00:00Z"}
                """.formatted(secret.path("id").asString(), victim));
        JsonNode mine = tasksOf(http).get(0);
        assertThat(mine.path("user_id").asString()).isEqualTo(user);
        assertThat(mine.path("id")).isNotEqualTo(secret.path("id"));
        assertThat(mine.path("series_id")).isEqualTo(mine.path("id"));
        assertThat(mine.path("next_occurrence_id").isNull()).isFalse();
        assertThat(mine.path("next_occurrence_id")).isNotIn(secret.path("id"), mine.path("id"));
        assertThat(mine.path("version").asLong()).isEqualTo(1);
        assertThat(mine.path("due_at").isNull()).isTrue();
        assertThat(mine.path("updated_at")).isEqualTo(mine.path("created_at"));
        assertThat(tasksOf(as(victim))).containsExactly(secret);
    }

    @Test
    void aSeriesMayBeSpreadOverPortions() {
        String file = IntStream.rangeClosed(1, 1_200)
                .mapToObj(i -> i % 400 == 0
                        ? "{\"title\": \"Tied\", \"id\": %d, \"series_id\": 400, \"next_occurrence_id\": %s}"
                                .formatted(i, i == 1_200 ? "null" : i + 400)
                        : "{\"title\": \"Free\", \"id\": " + i + "}")
                .collect(Collectors.joining("\n"));
        imported(http, JSON_LINES, file);
        List<JsonNode> all = tasksOf(http);
        assertThat(all).hasSize(1_200);
        List<JsonNode> tied = List.of(all.get(399), all.get(799), all.get(1_199));
        assertThat(tied)
                .allMatch(task -> task.path("series_id").equals(tied.get(0).path("id")));
        assertThat(tied.get(0).path("next_occurrence_id")).isEqualTo(tied.get(1).path("id"));
        assertThat(tied.get(1).path("next_occurrence_id")).isEqualTo(tied.get(2).path("id"));
        assertThat(all)
                .filteredOn(task -> task.path("title").asString().equals("Free"))
                .allMatch(task -> task.path("series_id").isNull());
    }

    @Test
    void onErrorIsAbortOrSkip() {
        Refused refused = Refused.with(400, "invalid-request", sending(IMPORT + "?on_error=ignore", JSON_LINES, GOOD));
        assertThat(refused.parameters()).containsExactly("on_error");
        assertThat(imported(http, JSON_LINES, GOOD).path("imported").asInt()).isEqualTo(1);
        assertThat(report(sending(IMPORT + "?on_error=abort", JSON_LINES, GOOD))
                        .path("imported")
                        .asInt())
                .isEqualTo(1);
    }
}
