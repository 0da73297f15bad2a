package dev.todo.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class BinaryValuesTest extends DatabaseFixture {
    static Stream<Arguments> values() {
        return Stream.of(
                arguments(true, "%s", "true"),
                arguments(false, "%s", "false"),
                arguments(Short.MIN_VALUE, "%s", "-32768"),
                arguments(Integer.MAX_VALUE, "%s", "2147483647"),
                arguments(Long.MIN_VALUE, "%s", "-9223372036854775808"),
                arguments(0.5f, "%s", "0.5"),
                arguments(-1e300, "%s", "-1e+300"),
                arguments("", "%s", ""),
                arguments("it's \\ \"ä\" \uD83D\uDE00", "%s", "it's \\ \"ä\" \uD83D\uDE00"),
                arguments(LocalDate.of(1, 1, 1), "%s", "0001-01-01"),
                arguments(LocalDate.of(1500, 3, 1), "%s", "1500-03-01"),
                arguments(LocalDate.of(1999, 12, 31), "%s", "1999-12-31"),
                arguments(LocalDate.of(9999, 12, 31), "%s", "9999-12-31"),
                arguments(LocalTime.MIDNIGHT, "%s", "00:00:00"),
                arguments(LocalTime.of(23, 59, 59, 999_999_000), "%s", "23:59:59.999999"),
                arguments(Instant.parse("0001-01-01T00:00:00Z"), "%s at time zone 'UTC'", "0001-01-01 00:00:00"),
                arguments(Instant.parse("1400-02-28T12:30:00Z"), "%s at time zone 'UTC'", "1400-02-28 12:30:00"),
                arguments(
                        Instant.parse("1969-12-31T23:59:59.999999Z"),
                        "%s at time zone 'UTC'",
                        "1969-12-31 23:59:59.999999"),
                arguments(Instant.parse("9999-12-31T23:59:59Z"), "%s at time zone 'UTC'", "9999-12-31 23:59:59"),
                arguments(new byte[] {0, -1}, "encode(%s, 'hex')", "00ff"),
                arguments(new Boolean[] {true, false}, "%s", "{t,f}"),
                arguments(new Short[] {1, 2}, "%s", "{1,2}"),
                arguments(new Integer[] {}, "%s", "{}"),
                arguments(new Long[] {null, Long.MAX_VALUE, null}, "%s", "{NULL,9223372036854775807,NULL}"),
                arguments(new String[] {}, "%s", "{}"),
                arguments(
                        new String[] {"", null, "a,b", "\"{}\\", "ß"},
                        "array_to_string(%s, '|', '-')",
                        "|-|a,b|\"{}\\|ß"),
                arguments(
                        new Instant[] {Instant.EPOCH, Instant.parse("2026-02-03T04:05:06.000007Z")},
                        "(%s)[2] at time zone 'UTC'",
                        "2026-02-03 04:05:06.000007"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void whatIsWrittenIsReadAndIsWhatPostgresqlTakesItFor(Object value, String expression, String text) {
        Mono<String> read = database.sql("select :value, (" + expression.formatted(":value") + ")::text")
                .bind("value", value)
                .one(row -> {
                    assertThat(row.get(0, value.getClass())).isEqualTo(value);
                    return Objects.requireNonNull(row.get(1, String.class));
                });
        assertThat(get(read)).isEqualTo(text);
    }

    @Test
    void whatNothingWritesOrReadsIsRefused() {
        StepVerifier.create(database.sql("select :value").bind("value", 'x').count())
                .verifyErrorMessage("No value of a statement can be a java.lang.Character");
        isRefused("select 0.5", Object.class, "Nothing reads PostgreSQL's type 1700");
        isRefused("select '{{a},{b}}'::text[]", String[].class, "Nothing reads an array of 2 dimensions");
        isRefused("select 'a'", String[].class, "Cannot cast java.lang.String to [Ljava.lang.String;");
        isRefused("select 1", Long.class, "Cannot cast java.lang.Integer to java.lang.Long");
        assertThat(text("select 1")).isEqualTo("1");
    }

    private static void isRefused(String sql, Class<?> type, String message) {
        StepVerifier.create(database.sql(sql).one(row -> row.get(0, type))).verifyErrorMessage(message);
    }
}
