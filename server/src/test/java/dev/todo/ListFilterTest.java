package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;

/** Which tasks a list shows, and in what order, whatever the page size. */
class ListFilterTest extends TaskBodyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "priority=high | a",
                "priority=high&priority=low | a b",
                "priority=urgent | ''",
                "tag=home | a b",
                "tag=HOME&tag=Garden | b",
                "tag_any=garden&tag_any=money | a b c",
                "tag_any=nothing | ''",
                "tag=home&priority=low | b",
                "status=pending&tag=home | a b",
                "due=none | d",
                "due_after=2030-01-02T00:00:00Z | b c",
                "due_before=2030-01-02T00:00:00Z | a",
                "due_after=2030-01-01T00:00:00%2B02:00&due_before=2030-01-02T23:59:59.999999Z | a",
                "due_after=2030-01-01T23:59:59.9999991Z | b c",
                "due_before=2030-01-01T23:59:59.9999991Z | a",
                "overdue=true | ''",
                "overdue=false | a b c d",
                "created_after=2020-01-01T00:00:00Z | a b c d",
                "created_before=2020-01-01T00:00:00Z | ''",
                "updated_after=2020-01-01T00:00:00Z&updated_before=9999-01-01T00:00:00Z | a b c d",
                "sort=due_at | a b c d",
                "sort=-due_at | c b a d",
                "sort=priority | c d b a",
                "sort=-priority | a b d c",
                "sort=priority,-due_at | c d b a",
                "sort=-priority,due_at | a b c d",
                "sort=-priority,-title | a b d c",
                "sort=completed_at,title | a b c d",
                "sort=-completed_at,-title | d c b a"
            })
    void filtersAndOrders(String query, String titles) {
        create("a", "\"priority\": \"high\", \"tags\": [\"home\", \"money\"], \"due_date\": \"2030-01-01\"");
        create("b", "\"priority\": \"low\", \"tags\": [\"Home\", \"garden\"], \"due_date\": \"2030-01-02\"");
        create("c", "\"tags\": [\"garden\"], \"due_date\": \"2030-01-03\"");
        create("d", "\"tags\": []");
        String sorted = query.contains("sort=") ? query : query + "&sort=title";
        for (int limit : new int[] {1, 2, 3, 50}) {
            assertThat(String.join(" ", walk(sorted, limit)))
                    .as("limit %d", limit)
                    .isEqualTo(titles);
        }
    }

    @Test
    void whatIsCompletedIsNotOverdue() {
        create("late", "\"due_date\": \"2020-01-01\"");
        create("done", "\"due_date\": \"2020-01-01\", \"completed\": true");
        create("open", "\"due_date\": \"2990-01-01\"");
        assertThat(walk("overdue=true", 50)).containsExactly("late");
        assertThat(walk("overdue=false&sort=title", 50)).containsExactly("done", "open");
        assertThat(walk("sort=-completed_at,title", 1)).containsExactly("done", "late", "open");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rent | Pay the rent",
                "REN | Pay the rent",
                "p | Buy a Pâté,Pay the rent",
                "pate | Buy a Pâté",
                "PÂTÉ | Buy a Pâté",
                "the pay | Pay the rent",
                "bank | Pay the rent",
                "bank trans | Pay the rent",
                "arger | Ärger-los!",
                "los | Ärger-los!",
                "ärger-los | Ärger-los!",
                "c++ | Call 42-17,Learn C++",
                "42 | Call 42-17",
                "ent | ``",
                "strasse | “Straße”—¿qué?",
                "STRASSE que | “Straße”—¿qué?",
                "que\tstrass | “Straße”—¿qué?",
                "οδος | Ὁδός🎉",
                "rent pate | ``",
                "!!! | ``",
                "' | ``",
                "a:* & !b | Buy a Pâté",
                "\\ | ``"
            })
    void wordsAreFoundByTheirBeginnings(String words, String titles) {
        create("Pay the rent", "\"description\": \"By bank-transfer\"");
        create("Buy a Pâté", "\"priority\": \"low\"");
        create("Ärger-los!", "\"priority\": \"low\"");
        create("“Straße”—¿qué?", "\"priority\": \"low\"");
        create("Ὁδός🎉", "\"priority\": \"low\"");
        create("Learn C++", "\"priority\": \"low\"");
        create("Call 42-17", "\"priority\": \"low\"");
        assertThat(String.join(",", walk("sort=title&q=" + UriUtils.encode(words, "UTF-8"), 1)))
                .isEqualTo(titles);
    }

    @Test
    void aWordInTheTitleMattersMoreThanInTheDescription() {
        create("Pay", "\"description\": \"the rent\"");
        create("Rent", "\"description\": \"a car\"");
        create("Else", "\"description\": \"nothing\"");
        assertThat(walk("q=rent&sort=relevance", 1)).containsExactly("Rent", "Pay");
        assertThat(walk("q=rent&sort=-relevance", 1)).containsExactly("Pay", "Rent");
        assertThat(walk("q=rent&sort=relevance,-created_at", 1)).containsExactly("Rent", "Pay");
    }

    @Test
    void todayAndThisWeekAreTheAccounts() {
        ZoneId zone = ZoneId.of("Pacific/Kiritimati");
        sending(HttpMethod.PATCH, "/api/auth/me", "{\"time_zone\": \"%s\"}".formatted(zone))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult();
        LocalDate today = LocalDate.now(zone);
        LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        create("today", "\"due_date\": \"%s\"".formatted(today));
        create("yesterday", "\"due_date\": \"%s\"".formatted(today.minusDays(1)));
        create("tomorrow", "\"due_date\": \"%s\"".formatted(today.plusDays(1)));
        create("monday", "\"due_date\": \"%s\"".formatted(monday));
        create("sunday", "\"due_date\": \"%s\"".formatted(monday.plusDays(6)));
        create("last week", "\"due_date\": \"%s\"".formatted(monday.minusDays(1)));
        create("next week", "\"due_date\": \"%s\"".formatted(monday.plusDays(7)));
        assertThat(walk("due=today", 50)).contains("today").doesNotContain("yesterday", "tomorrow", "next week");
        assertThat(walk("due=week", 50)).contains("today", "monday", "sunday").doesNotContain("last week", "next week");
        assertThat(walk("due=today", 50)).hasSizeBetween(1, 3);
        assertThat(today).isAfterOrEqualTo(LocalDate.now(ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "priority=asap | priority",
                "priority= | priority",
                "tag= | tag",
                "tag=a,b | tag",
                "q= | q",
                "due=soon | due",
                "due_after=2026-12-01 | due_after",
                "due_after=2026-12-01T00:00:00+02:00 | due_after",
                "overdue=yes | overdue",
                "sort=size | sort",
                "sort= | sort",
                "sort=title,size | sort",
                "sort=title,-title | sort",
                "sort=title&sort=priority | sort",
                "sort=relevance | sort",
                "q=a&q=b | q"
            })
    void whatIsNoFilterIsRefused(String query, String parameter) {
        Refused refused = Refused.with(
                400, "invalid-request", http.get().uri(URI.create("http://localhost:" + port + tasks() + "?" + query)));
        assertThat(refused.parameters()).containsExactly(parameter);
    }

    @Test
    void tagsCannotBeMistakenForOneAnother() {
        create("a", "\"tags\": [\"a，b\"]");
        create("b", "\"tags\": [\"a，b\"]");
        String tag = UriUtils.encode("a，b", "UTF-8");
        String cursor =
                page("tag=" + tag + "&limit=1", null).path("next_cursor").asString();
        Refused.with(400, "invalid-cursor", http.get().uri(tasks() + "?tag=a&tag=b&cursor=" + cursor));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag=null", "tag=Null", "tag_any=null", "tag=null&tag=home"})
    void aTagMayBeCalledNull(String query) {
        create("a", "\"tags\": [\"null\", \"home\"]");
        create("b", "\"tags\": [\"home\"]");
        assertThat(page(query, null).path("items")).hasSize(1);
    }

    @Test
    void aCursorBelongsToItsFilter() {
        create("a", "\"tags\": [\"home\"]");
        create("b", "\"tags\": [\"home\"]");
        String cursor = page("tag=home&limit=1", null).path("next_cursor").asString();
        assertThat(page("tag=HOME&limit=1", cursor).path("items")).hasSize(1);
        for (String other :
                new String[] {"tag_any=home", "tag=garden", "q=home", "priority=low", "tag=home&overdue=false"}) {
            Refused.with(400, "invalid-cursor", http.get().uri(tasks() + "?" + other + "&cursor=" + cursor));
        }
    }

    private void create(String title, String fields) {
        sending(HttpMethod.POST, tasks(), "{\"title\": \"%s\", %s}".formatted(title, fields))
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody()
                .returnResult();
    }

    private List<String> walk(String query, int limit) {
        List<String> titles = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page = page(query + "&limit=" + limit, cursor);
            page.path("items").forEach(task -> titles.add(task.path("title").asString()));
            cursor = page.path("next_cursor").isNull()
                    ? null
                    : page.path("next_cursor").asString();
        } while (cursor != null);
        return titles;
    }

    private JsonNode page(String query, @Nullable String cursor) {
        URI uri = URI.create(
                "http://localhost:" + port + tasks() + "?" + query + (cursor == null ? "" : "&cursor=" + cursor));
        return json(http.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult());
    }
}
