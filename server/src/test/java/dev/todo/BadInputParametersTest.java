package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Query parameters and headers that are junk, or look like it. */
class BadInputParametersTest extends ServerTest {
    private String task;

    @BeforeEach
    void oneTask() {
        task = createTask("Here I am").path("id").asString();
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit, must be at least 1",
        "limit=-1, limit, must be at least 1",
        "limit=201, limit, must be at most 200",
        "limit=99999999999, limit, must be at most 200",
        "limit=1.5, limit, 'must be an integer written plainly, such as 3'",
        "limit=1e1, limit, 'must be an integer written plainly, such as 3'",
        "limit=%2B5, limit, 'must be an integer written plainly, such as 3'",
        "limit=%205, limit, 'must be an integer written plainly, such as 3'",
        "limit=, limit, must not be empty",
        "limit, limit, must not be empty",
        "'limit=1,2', limit, 'must be an integer written plainly, such as 3'",
        "limit=1&limit=2, limit, must be given once",
        "status=PENDING, status, 'must be one of all, pending, completed'",
        "'status=all,pending', status, 'must be one of all, pending, completed'",
        "status=, status, must not be empty",
        "sort=foo, sort, 'must be one of created_at, -created_at, updated_at, -updated_at, title, -title, due_at, -due_at, priority, -priority, completed_at, -completed_at, relevance, -relevance'",
        "sort=id, sort, 'must be one of created_at, -created_at, updated_at, -updated_at, title, -title, due_at, -due_at, priority, -priority, completed_at, -completed_at, relevance, -relevance'",
        "sort=title%3B--, sort, 'must be one of created_at, -created_at, updated_at, -updated_at, title, -title, due_at, -due_at, priority, -priority, completed_at, -completed_at, relevance, -relevance'",
        "cursor=, cursor, must not be empty",
        "cursor=a%20b, cursor, 'must be a next_cursor, as it was given'",
        "cursor=%C3%A9, cursor, 'must be a next_cursor, as it was given'",
        "LIMIT=1, LIMIT, is not a parameter of this operation",
        "user_id=bob, user_id, is not a parameter of this operation",
        "a%00b=1, a\u0000b, is not a parameter of this operation",
        "%F0%9F%98%80=1, \ud83d\ude00, is not a parameter of this operation",
        "=, '', is not a parameter of this operation",
        "limit=1&=&status=all, '', is not a parameter of this operation",
        "=hidden&x=1, '', is not a parameter of this operation",
        "limit%5B%5D=1, limit[], is not a parameter of this operation",
        "tag=%00, tag, must not contain U+0000",
        "tag_any=%00%00, tag_any, must not contain U+0000",
        "tag=%20, tag, 'must not be blank, and must have no comma'",
        "tag=%01%0A, tag, 'must not be blank, and must have no comma'",
        "tag_any=%20, tag_any, 'must not be blank, and must have no comma'",
        "priority=%20, priority, 'must be one of none, low, medium, high, urgent'"
    })
    void aBadQueryParameterIsNamed(String query, String parameter, String message) {
        Refused refused = Refused.with(400, "invalid-request", get(tasks() + "?" + query));
        assertThat(refused.parameters()).containsExactly(parameter);
        assertThat(refused.messages()).containsExactly(message);
    }

    @Test
    void allBadParametersAreToldAtOnceAndWithoutTheirValues() {
        Refused refused = Refused.with(
                400, "invalid-request", get(tasks() + "?limit=hidden-1&status=hidden-2&sort=hidden-3&x=hidden-4"));
        assertThat(refused.parameters()).containsExactlyInAnyOrder("limit", "status", "sort", "x");
        assertThat(refused.problem().toString()).doesNotContain("hidden");
    }

    @Test
    void longParametersAreNeitherTakenNorRepeatedInFull() {
        Refused name = Refused.with(400, "invalid-request", get(tasks() + "?" + "x".repeat(3000) + "=1"));
        assertThat(name.parameters()).containsExactly("x".repeat(200));
        Refused value = Refused.with(400, "invalid-request", get(tasks() + "?cursor=" + "A".repeat(4097)));
        assertThat(value.messages()).containsExactly("must have at most 4096 characters");
    }

    @Test
    void tooManyOfAListAreCounted() {
        Refused refused = Refused.with(400, "invalid-request", get(tasks() + "?x=" + "&tag=t".repeat(21)));
        assertThat(refused.messages()).contains("must have at most 20 items");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2B18:01", "%2B19:00", "-23:59"})
    void anOffsetThatNoClockHasIsNamed(String offset) {
        Refused refused =
                Refused.with(400, "invalid-request", get(tasks() + "?due_after=2026-12-01T00:00:00" + offset));
        assertThat(refused.parameters()).containsExactly("due_after");
        assertThat(refused.messages()).containsExactly("is well-formed, but there is no such value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?q=%FF", "?tag=a%C3", "?q=%C0%80", "?%FF=1"})
    void whatIsNotUtf8IsNotGuessedAt(String rest) {
        assertThat(Refused.with(400, "invalid-request", get(tasks() + rest)).detail())
                .startsWith("The path or the query is not UTF-8.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "\"",
                "\"1",
                "1\"",
                "**",
                "\"1\",",
                ",\"1\"",
                "*,\"1\"",
                "\"1\",*",
                "\"1\" \"2\"",
                "w/\"1\"",
                "\"a b\"",
                "W/",
                "\"1\";"
            })
    void entityTagsNeedTheirQuotes(String tags) {
        for (Refused refused : List.of(
                Refused.with(400, "invalid-request", reading(tags)),
                Refused.with(400, "invalid-request", reopening(tags)))) {
            assertThat(refused.parameters()).hasSize(1).isSubsetOf(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH);
            assertThat(refused.messages())
                    .containsExactly("must be * or entity tags in double quotes, like \"3\", separated by commas");
        }
    }

    @Test
    void entityTagsAreNotEmpty() {
        for (Refused refused : List.of(
                Refused.with(400, "invalid-request", reading("")),
                Refused.with(400, "invalid-request", reopening("")))) {
            assertThat(refused.messages()).containsExactly("must not be empty");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"7\", \"8\"|The task is not at a version named in If-Match.",
                "W/\"1\"|If-Match needs a strong tag.",
                "\"7\", W/\"1\"|If-Match needs a strong tag."
            })
    void whyAChangeIsRefusedIsTold(String tags, String sentence) {
        assertThat(Refused.with(412, "precondition-failed", reopening(tags)).detail())
                .startsWith(sentence);
    }

    @Test
    void tooManyEntityTagsAreRefused() {
        String tags = "\"1\"" + ",\"1\"".repeat(3_000);
        assertThat(Refused.with(400, "invalid-request", reading(tags)).messages())
                .containsExactly("must have at most 1000 characters");
        assertThat(Refused.with(400, "invalid-request", reopening(tags)).messages())
                .containsExactly("must have at most 1000 characters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*|304|200",
                "\"1\"|304|200",
                "W/\"1\"|304|412",
                "\"7\", \"1\"|304|200",
                "\"7\",W/\"1\"|304|412",
                "\"7\"\t,\t\"8\"|200|412",
                "\"01\"|200|412",
                "\"\"|200|412"
            })
    void entityTagsDecide(String tags, int reading, int changing) {
        reading(tags).exchange().expectStatus().isEqualTo(reading);
        reopening(tags).exchange().expectStatus().isEqualTo(changing);
    }

    @Test
    void tagsInSeveralLinesAreOneList() {
        reading("\"7\"")
                .header(HttpHeaders.IF_NONE_MATCH, "\"1\"")
                .exchange()
                .expectStatus()
                .isEqualTo(304);
        reopening("\"7\"")
                .header(HttpHeaders.IF_MATCH, "\"1\"")
                .exchange()
                .expectStatus()
                .isOk();
    }

    private WebTestClient.RequestHeadersSpec<?> reading(String tags) {
        return get(tasks() + "/" + task).header(HttpHeaders.IF_NONE_MATCH, tags);
    }

    private WebTestClient.RequestHeadersSpec<?> reopening(String tags) {
        return http.method(HttpMethod.PATCH)
                .uri(tasks() + "/" + task + "/reopen")
                .header(HttpHeaders.IF_MATCH, tags);
    }

    private WebTestClient.RequestHeadersSpec<?> get(String rawPath) {
        return http.get().uri(URI.create("http://localhost:" + port + rawPath));
    }
}
