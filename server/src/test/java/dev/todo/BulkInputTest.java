package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Bulk changes that are refused: with the place and the reason, and before any task is touched. */
class BulkInputTest extends BulkTest {
    private static final List<String> KINDS = List.of("complete", "reopen", "update", "delete");

    private List<JsonNode> before;

    @BeforeEach
    void thereAreTasks() {
        createTask("Open");
        completeOne(createTask("Done"));
        before = list("");
    }

    @AfterEach
    void theyAreAsTheyWere() {
        assertThat(list("")).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                                     | `` | names no tasks: send ids or a filter",
                "'dry_run': true                      | `` | names no tasks: send ids or a filter",
                "'ids': [1], 'filter': {'status': 'all'} | /filter | must not stand beside ids: send one of the two",
                "'ids': []                            | /ids | must have at least 1 item",
                "'ids': null                          | /ids | must be an array",
                "'ids': 1                             | /ids | must be an array",
                "'ids': [0]                           | /ids/0 | must be at least 1",
                "'ids': [1, -1]                       | /ids/1 | must be at least 1",
                "'ids': [9007199254740992]            | /ids/0 | must be at most 9007199254740991",
                "'ids': [9223372036854775808]         | /ids/0 | must be at most 9007199254740991",
                "'ids': ['1']                         | /ids/0 | must be an integer",
                "'ids': [1.5]                         | /ids/0 | must be an integer",
                "'ids': [null]                        | /ids/0 | must be an integer",
                "'ids': [[1]]                         | /ids/0 | must be an integer",
                "'ids': [7, 8, 7]                     | /ids/2 | is the same as /ids/0: send it once",
                "'ids': [7, 7.0]                      | /ids/1 | is the same as /ids/0: send it once",
                "'filter': {}                         | /filter | must have at least 1 field",
                "'filter': null                       | /filter | must be an object",
                "'filter': []                         | /filter | must be an object",
                "'filter': {'colour': 'red'}          | /filter/colour | is not a field of this request",
                "'filter': {'sort': 'title'}          | /filter/sort | is not a field of this request",
                "'filter': {'status': null}           | /filter/status | must be one of all, pending, completed",
                "'filter': {'status': 'open'}         | /filter/status | must be one of all, pending, completed",
                "'filter': {'priority': 'high'}       | /filter/priority | must be an array",
                "'filter': {'priority': []}           | /filter/priority | must have at least 1 item",
                "'filter': {'priority': ['top']}      | /filter/priority/0 | must be one of none, low, medium, high, urgent",
                "'filter': {'tag': []}                | /filter/tag | must have at least 1 item",
                "'filter': {'tag_any': [' ']}         | /filter/tag_any/0 | must not be blank, and must have no comma",
                "'filter': {'q': ''}                  | /filter/q | must have at least 1 character",
                "'filter': {'q': '\\u0000'}           | /filter/q | must not contain U+0000",
                "'filter': {'due': 'tomorrow'}        | /filter/due | must be one of today, week, none",
                "'filter': {'due_after': 'today'}     | /filter/due_after | must be a valid date-time",
                "'filter': {'due_before': '2026-12-01'} | /filter/due_before | must be a valid date-time",
                "'filter': {'overdue': 'yes'}         | /filter/overdue | must be a boolean",
                "'filter': {'recurring': null}        | /filter/recurring | must be a boolean",
                "'filter': {'status': 'all'}, 'dry_run': 'yes' | /dry_run | must be a boolean",
                "'filter': {'status': 'all'}, 'dry_run': 1     | /dry_run | must be a boolean",
                "'filter': {'status': 'all'}, 'dry_run': null  | /dry_run | must be a boolean",
                "'filter': {'status': 'all'}, 'force': true    | /force | is not a field of this request"
            })
    void aBadSelectionIsRefusedByAll(String fields, String pointer, String message) {
        for (String kind : KINDS) {
            assertRefused(kind, fields == null ? "" : fields + ",", pointer, message);
        }
    }

    @Test
    void moreThanFiveHundredIdsAreTooMany() {
        List<Long> ids = LongStream.rangeClosed(9007199254740991L - 500, 9007199254740991L)
                .boxed()
                .toList();
        for (String kind : KINDS) {
            assertRefused(kind, "'ids': %s,".formatted(ids), "/ids", "must have at most 500 items");
            String fields = "'ids': %s,".formatted(ids.subList(0, 500));
            assertThat(bulk(kind, body(kind, fields)).path("not_found")).hasSize(500);
        }
    }

    @Test
    void wordsMayBeTwoHundredCharacters() {
        for (String kind : KINDS) {
            assertRefused(
                    kind,
                    "'filter': {'q': '%s'},".formatted("a".repeat(201)),
                    "/filter/q",
                    "must have at most 200 characters");
            bulk(kind, body(kind, "'filter': {'q': '%s'},".formatted("a".repeat(200))));
        }
    }

    @Test
    void eachIdThatIsRepeatedIsNamed() {
        Refused refused = Refused.with(422, "invalid-content", sending("complete", "{\"ids\": [5, 6, 5, 6, 5]}"));
        assertThat(refused.pointers()).containsExactly("/ids/2", "/ids/3", "/ids/4");
        assertThat(refused.messages())
                .containsExactly("is the same as /ids/0: send it once", "is the same as /ids/1: send it once");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                                    | `` | changes nothing: send add_tags, remove_tags or priority",
                "'add_tags': []                      | /add_tags | must have at least 1 item",
                "'remove_tags': []                   | /remove_tags | must have at least 1 item",
                "'add_tags': [' ']                   | /add_tags/0 | must not be blank, and must have no comma",
                "'add_tags': ['a,b']                 | /add_tags/0 | must not be blank, and must have no comma",
                "'add_tags': ['a\\u0000']            | /add_tags/0 | must not contain U+0000",
                "'add_tags': ['012345678901234567890123456789012345678901234567890'] | /add_tags/0 | must have at most 50 characters",
                "'add_tags': ['a', 'b', ' A ']       | /add_tags/2 | is the same tag as /add_tags/0: send it once",
                "'remove_tags': ['Straße', 'STRASSE'] | /remove_tags/1 | is the same tag as /remove_tags/0: send it once",
                "'add_tags': ['x', 'a'], 'remove_tags': ['b', 'A'] | /remove_tags/1 | is the same tag as /add_tags/1: add it or remove it",
                "'add_tags': 'a'                     | /add_tags | must be an array",
                "'add_tags': null                    | /add_tags | must be an array",
                "'priority': 'top'                   | /priority | must be one of none, low, medium, high, urgent",
                "'priority': null                    | /priority | must be one of none, low, medium, high, urgent",
                "'completed': true                   | /completed | is not a field of this request",
                "'tags': ['a']                       | /tags | is not a field of this request"
            })
    void aBadChangeIsRefused(String change, String pointer, String message) {
        String body = "{'filter': {'status': 'all'}%s}".formatted(change == null ? "" : ", " + change);
        Refused refused = Refused.with(422, "invalid-content", sending("update", body.replace('\'', '"')));
        assertThat(refused.pointers()).containsExactly(pointer);
        assertThat(refused.messages()).contains(message);
    }

    @Test
    void moreThanTwentyTagsAreTooMany() {
        List<String> tags =
                LongStream.range(0, 21).mapToObj(i -> "'t" + i + "'").toList();
        for (String field : List.of("add_tags", "remove_tags")) {
            String body = "{'filter': {'status': 'all'}, '%s': %s}".formatted(field, tags);
            Refused refused = Refused.with(422, "invalid-content", sending("update", body.replace('\'', '"')));
            assertThat(refused.pointers()).containsExactly("/" + field);
            assertThat(refused.messages()).containsExactly("must have at most 20 items");
        }
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        Refused refused = Refused.with(
                422, "invalid-content", sending("update", "{\"add_tags\": [\"a\", \"A\"], \"dry_run\": true}"));
        assertThat(refused.pointers()).containsExactly("", "/add_tags/1");
    }

    private void assertRefused(String kind, String fields, String pointer, String message) {
        Refused refused = Refused.with(422, "invalid-content", sending(kind, body(kind, fields)));
        assertThat(refused.pointers()).as(kind).containsExactly(pointer);
        assertThat(refused.messages()).as(kind).contains(message);
    }

    /** With a change, where there must be one. */
    private static String body(String kind, String fields) {
        String all = kind.equals("update")
                ? fields + "'priority': 'low'"
                : fields.isEmpty() ? "" : fields.substring(0, fields.length() - 1);
        return "{%s}".formatted(all).replace('\'', '"');
    }
}
