package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;

/** Priority, tags, due dates and reminders: kept as they were sent, or refused with the place and the reason. */
class TaskFieldsTest extends TaskBodyTest {
    private static final String EVERYTHING = """
            {"title": "Pay the rent", "description": "By bank transfer", "completed": false, "priority": "urgent",
             "tags": ["home", " Money "], "due_date": "2026-12-01", "due_time": "09:00",
             "due_time_zone": "Europe/Berlin",
             "reminders": [{"minutes_before": 60}, {"remind_at": "2026-11-30T18:00:00+01:00"}]}
            """;

    @Test
    void everythingComesBackAsItWasSent() {
        for (JsonNode task : keptEverywhere(EVERYTHING)) {
            assertThat(task.path("priority").asString()).isEqualTo("urgent");
            assertThat(task.path("tags").toString()).isEqualTo("[\"home\",\"Money\"]");
            assertThat(task.path("due_date").asString()).isEqualTo("2026-12-01");
            assertThat(task.path("due_time").asString()).isEqualTo("09:00");
            assertThat(task.path("due_time_zone").asString()).isEqualTo("Europe/Berlin");
            assertThat(task.path("due_at").asString()).isEqualTo("2026-12-01T08:00:00Z");
            assertThat(task.path("reminders").toString())
                    .isEqualTo("[{\"minutes_before\":60,\"remind_at\":null},"
                            + "{\"minutes_before\":null,\"remind_at\":\"2026-11-30T17:00:00Z\"}]");
        }
    }

    @Test
    void aTitleAloneLeavesTheRestEmpty() {
        JsonNode task = createTask("Rent");
        assertThat(task.path("priority").asString()).isEqualTo("none");
        assertThat(task.path("tags")).isEmpty();
        assertThat(task.path("reminders")).isEmpty();
        for (String field : new String[] {"due_date", "due_time", "due_time_zone", "due_at"}) {
            assertThat(task.path(field).isNull()).isTrue();
        }
    }

    @Test
    void aPatchKeepsWhatItDoesNotNameAndClearsWhatIsNull() {
        String uri = created(EVERYTHING);
        JsonNode before = getJson(uri);
        JsonNode renamed = patched(uri, "{\"title\": \"Gas\"}");
        for (String field : new String[] {"priority", "tags", "due_at", "due_time_zone", "reminders"}) {
            assertThat(renamed.path(field)).isEqualTo(before.path(field));
        }
        JsonNode cleared = patched(
                uri,
                "{\"priority\": \"none\", \"tags\": [], \"reminders\": [], \"due_date\": null, \"due_time\": null,"
                        + " \"due_time_zone\": null}");
        assertThat(cleared.path("priority").asString()).isEqualTo("none");
        assertThat(cleared.path("tags")).isEmpty();
        assertThat(cleared.path("due_at").isNull()).isTrue();
        assertThat(patched(uri, "{\"tags\": []}")).isEqualTo(cleared);
    }

    @Test
    void whatIsReplacedIsReplacedAsAWhole() {
        String uri = created(EVERYTHING);
        JsonNode bare = json(sending(HttpMethod.PUT, uri, "{\"title\": \"Gas\"}")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult());
        assertThat(bare.path("priority").asString()).isEqualTo("none");
        assertThat(bare.path("tags")).isEmpty();
        assertThat(bare.path("due_date").isNull()).isTrue();
        assertThat(bare.path("reminders")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-01, , , 2026-12-01T23:59:59.999999Z",
        "2026-12-01, 09:30, , 2026-12-01T09:30:00Z",
        "2026-03-29, 02:30, Europe/Berlin, 2026-03-29T01:30:00Z",
        "2026-10-25, 02:30, Europe/Berlin, 2026-10-25T00:30:00Z",
        "2028-02-29, 00:00, Pacific/Kiritimati, 2028-02-28T10:00:00Z",
        "1900-01-01, , , 1900-01-01T23:59:59.999999Z",
        "9999-12-31, , , 9999-12-31T23:59:59.999999Z",
        "9999-12-31, 23:00, America/New_York, 9999-12-31T23:59:59.999999Z",
        "1900-01-01, 00:00, Asia/Tokyo, 1899-12-31T15:00:00Z"
    })
    void aDueIsAnInstant(String date, String time, String zone, String at) {
        for (JsonNode task : keptEverywhere(due(date, time, zone))) {
            assertThat(task.path("due_at").asString()).isEqualTo(at);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "'priority': 'asap' | /priority",
                "'priority': null | /priority",
                "'tags': null | /tags",
                "'tags': ['home', 'HOME'] | /tags/1",
                "'tags': ['straße', 'STRASSE'] | /tags/1",
                "'tags': ['a', ' a '] | /tags/1",
                "'tags': [' '] | /tags/0",
                "'tags': [''] | /tags/0",
                "'tags': [1] | /tags/0",
                "'due_date': '2026-02-30' | /due_date",
                "'due_date': '0000-01-01' | /due_date",
                "'due_date': '1899-12-31' | /due_date",
                "'due_date': '10000-01-01' | /due_date",
                "'due_date': '2026-12-01T00:00:00Z' | /due_date",
                "'due_time': '09:00' | /due_time",
                "'due_date': '2026-12-01', 'due_time': '24:00' | /due_time",
                "'due_date': '2026-12-01', 'due_time': '9:00' | /due_time",
                "'due_date': '2026-12-01', 'due_time_zone': 'Europe/Berlin' | /due_time_zone",
                "'due_date': '2026-12-01', 'due_time': '09:00', 'due_time_zone': 'Europe/Nowhere' | /due_time_zone",
                "'reminders': null | /reminders",
                "'reminders': [{}] | /reminders/0",
                "'reminders': [{'minutes_before': 5, 'remind_at': '2026-12-01T00:00:00Z'}] | /reminders/0",
                "'reminders': [{'minutes_before': 5}] | /reminders/0/minutes_before",
                "'reminders': [{'minutes_before': -1}] | /reminders/0/minutes_before",
                "'reminders': [{'remind_at': 'soon'}] | /reminders/0/remind_at",
                "'reminders': [{'remind_at': '2026-12-01T00:00:00+19:00'}] | /reminders/0/remind_at",
                "'reminders': [{'in': 5}] | /reminders/0/in",
                "'due_date': '2026-12-01', 'reminders': [{'remind_at': '2026-12-02T00:00:00Z'}] | /reminders/0/remind_at",
                "'due_at': '2026-12-01T00:00:00Z' | /due_at"
            })
    void whatIsWrongIsNamed(String fields, String pointer) {
        for (Refused refused :
                refusedEverywhere("{'title': 'a', %s}".formatted(fields).replace('\'', '"'))) {
            assertThat(refused.pointers()).containsExactly(pointer);
        }
    }

    @Test
    void twentyTagsAndTenRemindersAreTheMost() {
        String tags = IntStream.range(0, 21).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","));
        String reminders = IntStream.range(0, 11)
                .mapToObj(i -> "{\"minutes_before\":" + i + "}")
                .collect(Collectors.joining(","));
        for (Refused refused :
                refusedEverywhere("{\"title\":\"a\",\"due_date\":\"2026-12-01\",\"tags\":[%s],\"reminders\":[%s]}"
                        .formatted(tags, reminders))) {
            assertThat(refused.pointers()).containsExactlyInAnyOrder("/tags", "/reminders");
        }
    }

    @Test
    void aPatchIsJudgedByWhatItLeaves() {
        String uri = created(EVERYTHING);
        assertThat(refusedPatch(uri, "{\"due_date\": null}").pointers()).containsExactly("/due_time");
        assertThat(refusedPatch(uri, "{\"due_time\": null}").pointers()).containsExactly("/due_time_zone");
        assertThat(refusedPatch(uri, "{\"due_date\": \"2026-11-30\"}").pointers())
                .containsExactly("/reminders/1/remind_at");
        assertThat(getJson(uri).path("version").asLong()).isEqualTo(1);
    }

    @Test
    void whoMovesTakesFloatingDuesAlong() {
        String floating = created(due("2026-12-01", "09:00", null));
        String allDay = created(due("2026-12-01", null, null));
        String fixed = created(due("2026-12-01", "09:00", "Europe/Berlin"));
        moveTo("Asia/Tokyo");
        assertThat(getJson(floating).path("due_at").asString()).isEqualTo("2026-12-01T00:00:00Z");
        assertThat(getJson(floating).path("version").asLong()).isEqualTo(2);
        assertThat(getJson(allDay).path("due_at").asString()).isEqualTo("2026-12-01T14:59:59.999999Z");
        assertThat(getJson(fixed).path("due_at").asString()).isEqualTo("2026-12-01T08:00:00Z");
        assertThat(getJson(fixed).path("version").asLong()).isEqualTo(1);
        assertThat(getJson(created(due("2026-12-01", "09:00", null)))
                        .path("due_at")
                        .asString())
                .isEqualTo("2026-12-01T00:00:00Z");
    }

    @Test
    void whoMovesCanStillDoEverything() {
        String last = created(due("9999-12-31", null, null));
        moveTo("America/Los_Angeles");
        assertThat(getJson(last).path("due_at").asString()).isEqualTo("9999-12-31T23:59:59.999999Z");
        String reminding = created("{\"title\": \"a\", \"due_date\": \"2026-12-01\","
                + " \"reminders\": [{\"remind_at\": \"2026-12-02T07:00:00Z\"}]}");
        String first = created(due("1900-01-01", "00:00", null));
        moveTo("Asia/Tokyo");
        for (String uri : new String[] {last, reminding, first}) {
            assertThat(patched(uri, "{\"title\": \"b\"}").path("title").asString())
                    .isEqualTo("b");
            assertThat(json(http.patch()
                                    .uri(uri + "/complete")
                                    .exchange()
                                    .expectStatus()
                                    .isOk()
                                    .expectBody()
                                    .returnResult())
                            .path("completed")
                            .asBoolean())
                    .isTrue();
        }
        assertThat(refusedPatch(reminding, "{\"due_date\": \"2026-11-30\"}").pointers())
                .containsExactly("/reminders/0/remind_at");
    }

    private void moveTo(String zone) {
        sending(HttpMethod.PATCH, "/api/auth/me", "{\"time_zone\": \"" + zone + "\"}")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult();
    }

    private static String due(String date, @Nullable String time, @Nullable String zone) {
        return "{\"title\": \"Rent\", \"due_date\": \"%s\", \"due_time\": %s, \"due_time_zone\": %s}"
                .formatted(date, quoted(time), quoted(zone));
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "null" : '"' + text + '"';
    }

    private String created(String body) {
        EntityExchangeResult<byte[]> created = sending(HttpMethod.POST, tasks(), body)
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody()
                .returnResult();
        return tasks() + "/" + json(created).path("id").asLong();
    }

    private JsonNode patched(String uri, String body) {
        return json(sending(HttpMethod.PATCH, uri, body)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult());
    }

    private Refused refusedPatch(String uri, String body) {
        return Refused.with(422, "invalid-content", sending(HttpMethod.PATCH, uri, body));
    }
}
