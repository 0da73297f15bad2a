package dev.todo.database;

import dev.todo.database.Question.Answer;
import dev.todo.database.Question.Kind;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** One statement with its values; nothing runs before the answer is subscribed to. */
public final class SqlStatement {
    private static final Logger LOG = LoggerFactory.getLogger(SqlStatement.class);

    private final Database database;
    private final NumberedSql sql;
    private final @Nullable Object[] values;
    private final Class<?>[] types;
    private boolean quick;

    SqlStatement(Database database, String sql) {
        this.database = database;
        this.sql = NumberedSql.of(sql);
        this.values = new Object[this.sql.count()];
        this.types = new Class<?>[values.length];
    }

    public SqlStatement bind(String name, Object value) {
        return put(name, value, value.getClass());
    }

    public <T> SqlStatement bind(String name, @Nullable T value, Class<T> type) {
        return put(name, value, type);
    }

    private SqlStatement put(String name, @Nullable Object value, Class<?> type) {
        int number = sql.number(name);
        values[number] = value;
        types[number] = type;
        return this;
    }

    /**
     * It reads little, by an index, and waits for nobody: others may follow it on its connection before it is answered.
     * Without a transaction around it.
     */
    public SqlStatement quick() {
        quick = true;
        return this;
    }

    /** The one row, or nothing. */
    public <T> Mono<T> one(Function<? super Readable, T> mapper) {
        return ask(mapper, Answer::single);
    }

    public <T> Mono<List<T>> list(Function<? super Readable, T> mapper) {
        return ask(mapper, Answer::rows);
    }

    /** How many rows were inserted, changed or deleted. */
    public Mono<Long> count() {
        return ask(row -> row, Answer::count);
    }

    private <R, T> Mono<T> ask(Function<? super Readable, R> mapper, Function<Answer<R>, @Nullable T> result) {
        return database.run(
                line -> Mono.create(sink -> {
                    LOG.debug("Executing: {}", sql.text());
                    line.ask(
                            new Question<>(new Kind(sql.text(), List.of(types)), values.clone(), mapper, result, sink));
                }),
                quick);
    }
}
