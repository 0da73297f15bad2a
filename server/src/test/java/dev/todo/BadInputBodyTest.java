package dev.todo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Bodies that cannot be read, and bodies with fields that nobody knows. */
class BadInputBodyTest extends ServerTest {
    @AfterEach
    void nothingWasCreated() {
        assertThat(getJson(tasks()).path("items")).isEmpty();
    }

    /** The second path is none that the quick judge is certain of. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/me/tasks", "/api/%6De/tasks"})
    void aTypeWithoutABodyIsNotLookedAt(String path) {
        http.get()
                .uri(URI.create("http://localhost:" + port + path))
                .header("Content-Type", "nonsense")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "{",
                "}",
                "{\"title\"",
                "{\"title\":",
                "{\"title\":\"a",
                "{\"title\":\"a\"",
                "{\"title\":\"a\"} x",
                "{\"title\":\"a\"}}",
                "{\"title\":\"a\"}{\"title\":\"b\"}",
                "{\"title\":\"a\"} 1",
                "{\"title\":\"a\",}",
                "{,\"title\":\"a\"}",
                "{title:\"a\"}",
                "{'title':'a'}",
                "{\"title\":\"a\"}//comment",
                "{/* comment */\"title\":\"a\"}",
                "{\"title\":NaN}",
                "{\"title\":-Infinity}",
                "{\"title\":01}",
                "{\"title\":+1}",
                "{\"title\":.5}",
                "{\"title\":1.}",
                "{\"title\":0x1}",
                "{\"title\":True}",
                "{\"title\":undefined}",
                "{\"title\":\"line\nbreak\"}",
                "{\"title\":\"tab\t\"}",
                "{\"title\":\"\\x41\"}",
                "{\"title\":\"\\u12\"}",
                "title=a",
                "<title>a</title>"
            })
    void malformedJsonIsRefusedWithThePlace(String json) {
        Refused refused = refused(json.getBytes(UTF_8));
        assertThat(refused.detail())
                .matches("The body is (not well-formed JSON at line \\d, column \\d+|empty. Send a JSON object)\\.");
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNotUtf8IsRefused(byte[] body) {
        assertThat(refused(body).detail()).isEqualTo("The body is not UTF-8.");
    }

    static Stream<byte[]> whatIsNotUtf8IsRefused() {
        return Stream.of(
                        "\u00e9",
                        "\u00c0\u0080",
                        "\u00ed\u00a0\u00bd\u00ed\u00b8\u0080",
                        "\u00f5\u0080\u0080\u0080",
                        "\u00ff")
                .map(bytes -> ("{\"title\":\"" + bytes + "\"}").getBytes(ISO_8859_1));
    }

    @Test
    void otherEncodingsAreRefused() {
        refused("{\"title\":\"a\"}".getBytes(UTF_16));
        refused("\ufeff{\"title\":\"a\"}".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"title\":\"a\",\"title\":\"b\"}",
                "{\"title\":\"a\",\"\\u0074itle\":\"a\"}",
                "{\"title\":\"a\",\"x\":{\"y\":1,\"y\":1}}",
                "{\"title\":\"a\",\"x\":[{\"y\":1,\"y\":1}]}"
            })
    void aFieldGivenTwiceIsRefused(String json) {
        assertThat(refused(json.getBytes(UTF_8)).detail()).startsWith("A field is given twice at line 1, column");
    }

    @ParameterizedTest
    @MethodSource
    void whatOnlyWastesTheServersTimeIsRefused(String kind, String json) {
        assertThat(refused(json.getBytes(UTF_8)).detail())
                .isEqualTo("The body nests too deeply, or has a number or a name that is too large.");
    }

    static Stream<Arguments> whatOnlyWastesTheServersTimeIsRefused() {
        return Stream.of(
                Arguments.of("arrays", "[".repeat(60_000)),
                Arguments.of("exponent", "{\"title\":\"x\",\"completed\":1e99999999999}"),
                Arguments.of("negative exponent", "{\"title\":1e-99999999999}"),
                Arguments.of("objects", "{\"a\":".repeat(10_000)),
                Arguments.of("digits", "{\"title\":" + "9".repeat(60_000) + "}"),
                Arguments.of("fraction", "{\"title\":0." + "9".repeat(60_000) + "}"),
                Arguments.of("exponent", "{\"title\":1e" + "9".repeat(60_000) + "}"),
                Arguments.of("name", "{\"" + "~/".repeat(30_000) + "\":1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e-999999999", "99999999999999999999999999", "1.5"})
    void aHugeNumberIsJustNoText(String number) {
        Refused refused = invalid("{\"title\":" + number + ",\"completed\":" + number + "}");
        assertThat(refused.pointers()).containsExactlyInAnyOrder("/title", "/completed");
    }

    @Test
    void deepNestingIsJustNoText() {
        Refused refused = invalid("{\"title\":" + "[".repeat(900) + "]".repeat(900) + "}");
        assertThat(refused.pointers()).containsExactly("/title");
    }

    @ParameterizedTest
    @MethodSource
    void anUnknownFieldIsNamed(String name, String pointer) {
        Refused refused = invalid("{\"title\":\"a\",\"" + name + "\":{\"x\":1}}");
        assertThat(refused.pointers()).containsExactly(pointer);
        assertThat(refused.messages()).containsExactly("is not a field of this request");
    }

    static Stream<Arguments> anUnknownFieldIsNamed() {
        return Stream.of(
                Arguments.of("colour", "/colour"),
                Arguments.of("Title", "/Title"),
                Arguments.of("", "/"),
                Arguments.of(" ", "/ "),
                Arguments.of("a/b", "/a~1b"),
                Arguments.of("a~b", "/a~0b"),
                Arguments.of("~1~0//", "/~01~00~1~1"),
                Arguments.of("\\\"", "/\""),
                Arguments.of("\\u0000", "/\u0000"),
                Arguments.of("\\n", "/\n"),
                Arguments.of("__proto__", "/__proto__"),
                Arguments.of("\ud83d\ude00", "/\ud83d\ude00"),
                Arguments.of("id", "/id"),
                Arguments.of("user_id", "/user_id"),
                Arguments.of("version", "/version"));
    }

    @Test
    void aLongNameIsCutAndNotRepeatedInFull() {
        for (String name : new String[] {"x".repeat(45_000), "~".repeat(20_000), "a" + "\ud83d\ude00".repeat(5_000)}) {
            Refused refused = invalid("{\"title\":\"a\",\"" + name + "\":1}");
            assertThat(refused.pointers())
                    .singleElement()
                    .satisfies(pointer ->
                            assertThat(pointer).hasSizeLessThanOrEqualTo(401).doesNotEndWith("\ud83d"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 150, 5000})
    void ofManyUnknownFieldsAHundredAreNamed(int count) {
        String fields =
                IntStream.range(0, count).mapToObj(i -> "\"f" + i + "\":1").collect(Collectors.joining(","));
        assertThat(invalid("{" + fields + "}").pointers()).hasSize(100);
    }

    @Test
    void severalMistakesAreToldAtOnceAndWithoutTheirValues() {
        Refused refused = invalid(
                "{\"title\":\"top-secret \\u0000\",\"description\":7654321,\"completed\":\"hidden-text\",\"colour\":\"hidden-red\"}");
        assertThat(refused.pointers()).containsExactlyInAnyOrder("/title", "/description", "/completed", "/colour");
        assertThat(refused.problem().toString()).doesNotContain("top-secret", "7654321", "hidden");
    }

    private Refused refused(byte[] body) {
        Refused refused = Refused.with(400, "invalid-request", posting(body));
        assertThat(refused.problem().has("errors")).isFalse();
        return refused;
    }

    private Refused invalid(String json) {
        return Refused.with(422, "invalid-content", posting(json.getBytes(UTF_8)));
    }

    private WebTestClient.RequestHeadersSpec<?> posting(byte[] body) {
        return http.post()
                .uri(tasks())
                .header("Content-Type", "application/json")
                .body(Bodies.withLength(body));
    }
}
