package dev.todo.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class LineTest extends DatabaseFixture {
    @Test
    void theSameTextTakesValuesOfOtherTypes() {
        Mono<List<String>> both = asText("seven").flatMap(text -> asText(7L).map(number -> List.of(text, number)));
        assertThat(get(database.transaction(both))).containsExactly("seven", "7");
    }

    private static Mono<String> asText(Object value) {
        return database.sql("select concat(:value)").bind("value", value).one(row -> String.valueOf(row.get(0)));
    }

    @Test
    void aStatementKeepsNoValues() {
        WeakReference<String> value = boundOnce();
        await().until(() -> {
            System.gc();
            return value.get() == null;
        });
    }

    private static WeakReference<String> boundOnce() {
        String value = "x".repeat(1 << 20);
        assertThat(get(asText(value))).hasSize(1 << 20);
        return new WeakReference<>(value);
    }

    /** Whether there are values or not. */
    @Test
    void whatRunsAgainIsNotPreparedAgain() {
        AllConnections others = AllConnections.take(connections, connections.most() - 1);
        try {
            for (int i = 0; i < 3; i++) {
                assertThat(countNulls(false)).isZero();
                assertThat(countNulls(true)).isEqualTo(17);
            }
            assertThat(text("select count(*) from pg_prepared_statements where statement like 'select num_nulls%'"))
                    .isEqualTo("1");
        } finally {
            others.close();
        }
    }

    @Test
    void keepsNotMoreThanAFewPrepared() {
        AllConnections others = AllConnections.take(connections, connections.most() - 1);
        try {
            for (int i = 0; i < 200; i++) {
                assertThat(text("select concat(" + i + ", '!')")).isEqualTo(i + "!");
            }
            assertThat(Integer.parseInt(text("select count(*) from pg_prepared_statements")))
                    .isBetween(40, 60);
        } finally {
            others.close();
        }
    }

    /** As a pooler in between may do, or as it is when a table is changed under the running server. */
    @Test
    void preparesAnewWhatHasBeenForgottenOrIsOfNoUse() {
        AllConnections others = AllConnections.take(connections, connections.most() - 1);
        try {
            for (String change : List.of("deallocate all", "alter table odd alter number type text", "select 1")) {
                if (change.startsWith("alter")) {
                    get(database.sql("create table odd as select 7 as number").count());
                    assertThat(text("select number from odd")).isEqualTo("7");
                }
                assertThat(get(asText("seven"))).isEqualTo("seven");
                get(database.sql(change).count());
                assertThat(get(asText("eight"))).isEqualTo("eight");
            }
            assertThat(text("select number from odd")).isEqualTo("7");
        } finally {
            get(database.sql("drop table if exists odd").count());
            others.close();
        }
    }

    /** There a statement can't be repeated alone; but the next transaction is not to meet the same. */
    @Test
    void preparesAnewWhatAnotherTransactionHasFoundForgotten() {
        AllConnections others = AllConnections.take(connections, connections.most() - 1);
        try {
            Mono<String> both = asText("seven").flatMap(text -> asText(7L).map(number -> text + number));
            assertThat(get(database.transaction(both))).isEqualTo("seven7");
            get(database.sql("deallocate all").count());
            StepVerifier.create(database.transaction(asText("eight")))
                    .verifyErrorSatisfies(DatabaseFixture::isUnavailable);
            assertThat(get(database.transaction(both))).isEqualTo("seven7");
        } finally {
            others.close();
        }
    }

    @Test
    void whatIsRefusedTwiceIsNoEmptyAnswer() {
        StepVerifier.create(database.sql("deallocate no_such_statement").count())
                .verifyErrorSatisfies(DatabaseFixture::isUnavailable);
    }

    private static int countNulls(boolean nulls) {
        SqlStatement statement = database.sql(
                "select num_nulls(:a, :b, :c, :d, :e, :f, :g, :h, :i, :j, :k, :l, :m, :n, :o, :p, :q) as count");
        bind(statement, nulls, "a", String.class, "text");
        bind(statement, nulls, "b", Short.class, (short) 1);
        bind(statement, nulls, "c", Integer.class, 1);
        bind(statement, nulls, "d", Long.class, 1L);
        bind(statement, nulls, "e", Boolean.class, true);
        bind(statement, nulls, "f", Instant.class, Instant.EPOCH);
        bind(statement, nulls, "g", LocalDate.class, LocalDate.EPOCH);
        bind(statement, nulls, "h", LocalTime.class, LocalTime.NOON);
        bind(statement, nulls, "i", String[].class, new String[] {"text"});
        bind(statement, nulls, "j", Integer[].class, new Integer[] {1});
        bind(statement, nulls, "k", Long[].class, new Long[] {1L});
        bind(statement, nulls, "l", Instant[].class, new Instant[] {Instant.EPOCH});
        bind(statement, nulls, "m", byte[].class, new byte[] {1});
        bind(statement, nulls, "n", Float.class, 1f);
        bind(statement, nulls, "o", Double.class, 1d);
        bind(statement, nulls, "p", Boolean[].class, new Boolean[] {true});
        bind(statement, nulls, "q", Short[].class, new Short[] {1});
        return get(statement.one(row -> Objects.requireNonNull(row.get("count", Integer.class))));
    }

    private static <T> void bind(SqlStatement statement, boolean nulls, String name, Class<T> type, T value) {
        statement.bind(name, nulls ? null : value, type);
    }
}
