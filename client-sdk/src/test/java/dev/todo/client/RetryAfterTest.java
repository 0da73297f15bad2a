package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client makes of {@code Retry-After}. */
class RetryAfterTest extends FaultTest {
    private static final Instant NOW = Instant.parse("1994-11-06T08:49:07Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | PT0S",
                "120 | PT2M",
                "' 7 ' | PT7S",
                "Sun, 06 Nov 1994 08:49:37 GMT | PT30S",
                "Sun Nov  6 08:49:37 1994 | PT30S",
                "Sun, 06 Nov 1994 08:49:06 GMT | PT0S",
                "-1 | ",
                "soon | ",
                "'' | ",
                "1.5 | ",
                "Sun, 99 Nov 1994 08:49:37 GMT | ",
                "Sun Nov 31 08:49:37 1994 | "
            })
    void readsEveryForm(String value, @Nullable Duration wait) {
        assertThat(RetryAfter.in(headers(value), NOW)).isEqualTo(wait);
    }

    @Test
    void readsTheOldestFormInThisCentury() {
        Instant now = Instant.parse("2026-11-06T08:49:07Z");

        assertThat(RetryAfter.in(headers("Friday, 06-Nov-26 08:49:37 GMT"), now))
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void takesANumberOfAnyLengthForALongTime() {
        assertThat(RetryAfter.in(headers("9".repeat(40)), NOW)).isGreaterThan(Duration.ofDays(365));
    }

    @Test
    void waitsAsLongAsItIsToldTo() {
        server.script(Behaviour.problem(429, "rate-limited", "Retry-After: 1"), Behaviour.json(task(7)));
        long begun = System.nanoTime();

        assertThat(todo.tasks().get(7).id()).isEqualTo(7);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(server.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "soon", "Sun, 06 Nov 1994 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    void goesOnAtOnceWhereThereIsNothingToWaitFor(String value) {
        server.script(Behaviour.problem(429, "rate-limited", "Retry-After: " + value), Behaviour.json(task(7)));

        assertThat(todo.tasks().get(7).id()).isEqualTo(7);
        assertThat(server.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3600", "99999999999999999999", "Fri, 31 Dec 2100 23:59:59 GMT"})
    void failsAtOnceWhereTheCallWouldEndBeforeTheWait(String value) {
        server.always(Behaviour.problem(429, "rate-limited", "Retry-After: " + value));

        assertThatThrownBy(() -> todo.tasks().get(7))
                .isInstanceOfSatisfying(TooManyRequestsException.class, refused -> {
                    assertThat(refused.retryable()).isTrue();
                    assertThat(refused.retryAfter())
                            .hasValueSatisfying(wait -> assertThat(wait).isGreaterThan(Duration.ofMinutes(50)));
                });
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void heedsItAfter503Too() {
        server.always(Behaviour.problem(503, "unavailable", "Retry-After: 3600"));

        assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOf(ServerException.class);
        assertThat(server.requests()).hasSize(1);
    }

    private static HttpHeaders headers(String retryAfter) {
        return HttpHeaders.of(Map.of("Retry-After", List.of(retryAfter)), (name, value) -> true);
    }
}
