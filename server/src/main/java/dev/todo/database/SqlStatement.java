package dev.todo.database;

import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.postgresql.api.PostgresqlStatement;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One statement with its values; nothing runs before the answer is subscribed to. */
public final class SqlStatement {
    private static final Logger LOG = LoggerFactory.getLogger(SqlStatement.class);

    private final Database database;
    private final NumberedSql sql;
    private final @Nullable Object[] values;
    private final Class<?>[] types;

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

    /** The one row, or nothing. */
    public <T> Mono<T> one(Function<? super Readable, T> mapper) {
        return database.run(line -> rows(line, mapper).singleOrEmpty());
    }

    public <T> Mono<List<T>> list(Function<? super Readable, T> mapper) {
        return database.run(line -> rows(line, mapper).collectList());
    }

    /** How many rows were inserted, changed or deleted. */
    public Mono<Long> count() {
        return database.run(
                line -> execute(line).flatMap(PostgresqlResult::getRowsUpdated).reduce(0L, Long::sum));
    }

    private <T> Flux<T> rows(Line line, Function<? super Readable, T> mapper) {
        return execute(line).flatMap(result -> result.map(mapper));
    }

    private Flux<PostgresqlResult> execute(Line line) {
        LOG.debug("Executing: {}", sql.text());
        PostgresqlStatement statement = line.statement(sql.text(), List.of(types));
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value != null) {
                statement.bind(i, value);
            } else {
                statement.bindNull(i, types[i]);
            }
        }
        return statement.execute();
    }
}
