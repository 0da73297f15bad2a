package dev.todo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each field at and beyond its bounds, wherever a body has it: on create, on replace and on change. */
class BadInputFieldsTest extends TaskBodyTest {
    private static final String EMOJI = "\ud83d\ude00";
    private static final String BLANK = "must not be blank";
    private static final String NO_NUL = "must not contain U+0000";
    private static final String HALF = "must be well-formed Unicode: half of a surrogate pair is missing";

    static Stream<Arguments> refusedTitles() {
        return Stream.of(
                Arguments.of("null", "must be a string"),
                Arguments.of("1", "must be a string"),
                Arguments.of("true", "must be a string"),
                Arguments.of("[\"a\"]", "must be a string"),
                Arguments.of("{\"a\":\"b\"}", "must be a string"),
                Arguments.of(quoted("  "), BLANK),
                Arguments.of(quoted("\\t\\n\\r\\u000b\\f"), BLANK),
                Arguments.of(quoted("\\u00a0"), BLANK),
                Arguments.of(quoted("\u2003\u3000\u2028\u2029"), BLANK),
                Arguments.of(quoted("\\ufeff"), BLANK),
                Arguments.of(quoted("\\u0001"), BLANK),
                Arguments.of(quoted("\\u001f"), BLANK),
                Arguments.of(quoted("\\u007f"), BLANK),
                Arguments.of(quoted("\\u0085"), BLANK),
                Arguments.of(quoted("\\u00ad"), BLANK),
                Arguments.of(quoted("\\u180e"), BLANK),
                Arguments.of(quoted("\\u200b\\u200c\\u200d\\u200e"), BLANK),
                Arguments.of(quoted("\\u2060\\ufe0f\\u3164\\u2800"), BLANK),
                Arguments.of(quoted(" \\u202e \\u200b "), BLANK),
                Arguments.of(quoted(""), BLANK),
                Arguments.of(quoted("a".repeat(201)), "must have at most 200 characters"),
                Arguments.of(quoted(" " + "a".repeat(200) + " "), "must have at most 200 characters"),
                Arguments.of(quoted(EMOJI.repeat(201)), "must have at most 200 characters"),
                Arguments.of(quoted("e\\u0301".repeat(101)), "must have at most 200 characters"),
                Arguments.of(quoted("\\u0000"), NO_NUL),
                Arguments.of(quoted("a\\u0000b"), NO_NUL),
                Arguments.of(quoted("\\ud83d"), HALF),
                Arguments.of(quoted("a\\ude00"), HALF),
                Arguments.of(quoted("\\ude00\\ud83d"), HALF),
                Arguments.of(quoted("\\ud83d\\ud83d\\ude00"), HALF));
    }

    static Stream<Arguments> keptTitles() {
        return Stream.of(
                        "a",
                        "a".repeat(200),
                        EMOJI.repeat(200),
                        "e\u0301".repeat(100),
                        "\uffff",
                        "\u200ba",
                        "\u001b[1m",
                        "\u0301",
                        "\ud83d\udc69\u200d\ud83d\udcbb",
                        "\u2764\ufe0f",
                        "\ud83c\uddfa\ud83c\udde6",
                        "\ud83c\udff4\udb40\udc67\udb40\udc7f",
                        "\u202eright to left",
                        "a\nb\tc",
                        "\"quoted\" \\ and / <b>&amp;</b> ' or 1=1; drop table tasks --",
                        "\udbff\udfff",
                        "null",
                        "0")
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("refusedTitles")
    void aTitleOutOfBoundsIsRefusedEverywhere(String json, String message) {
        for (Refused refused : refusedEverywhere("{\"title\":" + json + "}")) {
            assertThat(refused.pointers()).containsExactly("/title");
            assertThat(refused.messages()).containsExactly(message);
        }
    }

    /** With a pattern that can be matched in many ways, one such title kept a thread busy for minutes. */
    @ParameterizedTest
    @ValueSource(strings = {"a", " ", " a", "\u200b", "\u200ba"})
    void aLongTitleCostsNoTime(String part) {
        String title = part.repeat(60_000 / part.getBytes(UTF_8).length);
        for (Refused refused : refusedEverywhere("{\"title\":\"" + title + "\\u0000\"}")) {
            assertThat(refused.pointers()).containsExactly("/title");
            assertThat(refused.messages()).containsExactlyInAnyOrder("must have at most 200 characters", NO_NUL);
        }
    }

    @Test
    void anArrayWithHalfASurrogatePairIsWrongTwice() {
        for (Refused refused : refusedEverywhere("{\"title\":[\"\\ud83d\"]}")) {
            assertThat(refused.pointers()).containsExactlyInAnyOrder("/title", "/title/0");
        }
    }

    @ParameterizedTest
    @MethodSource("keptTitles")
    void aTitleWithinBoundsComesBackAsItWas(String title) {
        for (JsonNode task : keptEverywhere(object("title", title))) {
            assertThat(task.path("title").asString()).isEqualTo(title);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " a ",
                "\t\n\u000b\f\ra",
                "\u00a0a\u1680",
                "\u2000\u200aa\u2028\u2029",
                "\u202f\u205f\u3000a\ufeff"
            })
    void outerWhiteSpaceIsCutOff(String title) {
        for (JsonNode task : keptEverywhere(object("title", title))) {
            assertThat(task.path("title").asString()).isEqualTo("a");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001ca\u001f", "\u0085a", "a\u200b", "\u180ea", "a  b", "a\u00a0b"})
    void whatTheContractDoesNotCallWhiteSpaceStays(String title) {
        for (JsonNode task : keptEverywhere(object("title", title))) {
            assertThat(task.path("title").asString()).isEqualTo(title);
        }
    }

    @Test
    void aTitleOfTwoHundredIncludesItsOuterSpace() {
        for (JsonNode task : keptEverywhere(object("title", " " + "a".repeat(198) + " "))) {
            assertThat(task.path("title").asString()).isEqualTo("a".repeat(198));
        }
    }

    @ParameterizedTest
    @MethodSource
    void aDescriptionOutOfBoundsIsRefusedEverywhere(String json, String message) {
        for (Refused refused : refusedEverywhere("{\"title\":\"a\",\"description\":" + json + "}")) {
            assertThat(refused.pointers()).containsExactly("/description");
            assertThat(refused.messages()).containsExactly(message);
        }
    }

    static Stream<Arguments> aDescriptionOutOfBoundsIsRefusedEverywhere() {
        return Stream.of(
                Arguments.of("1", "must be a string or null"),
                Arguments.of("false", "must be a string or null"),
                Arguments.of("[]", "must be a string or null"),
                Arguments.of("{}", "must be a string or null"),
                Arguments.of(quoted("a".repeat(1001)), "must have at most 1000 characters"),
                Arguments.of(quoted(EMOJI.repeat(1001)), "must have at most 1000 characters"),
                Arguments.of(quoted("a\\u0000"), NO_NUL),
                Arguments.of(quoted("\\ud83d"), HALF));
    }

    @Test
    void aDescriptionWithinBoundsComesBackAsItWas() {
        for (String description : List.of("", " ", " a ", "a".repeat(1000), EMOJI.repeat(1000), "a\r\nb")) {
            String body = JSON.createObjectNode()
                    .put("title", "a")
                    .put("description", description)
                    .toString();
            for (JsonNode task : keptEverywhere(body)) {
                assertThat(task.path("description").asString()).isEqualTo(description);
            }
        }
    }

    @Test
    void aDescriptionMayBeNull() {
        for (JsonNode task : keptEverywhere("{\"title\":\"a\",\"description\":null}")) {
            assertThat(task.path("description").isNull()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "0", "1", "\"true\"", "\"\"", "[]", "{}"})
    void completedIsTrueOrFalse(String json) {
        for (Refused refused : refusedEverywhere("{\"title\":\"a\",\"completed\":" + json + "}")) {
            assertThat(refused.pointers()).containsExactly("/completed");
            assertThat(refused.messages()).containsExactly("must be a boolean");
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static String object(String field, String text) {
        return JSON.createObjectNode().put(field, text).toString();
    }

    private static String quoted(String escaped) {
        return "\"" + escaped + "\"";
    }
}
