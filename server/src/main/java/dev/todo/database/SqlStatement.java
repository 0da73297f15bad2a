package dev.todo.database;

import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** One statement with its values; nothing runs before the answer is subscribed to. */
public final class SqlStatement {
    private final Database database;
    private final GenericExecuteSpec statement;

    SqlStatement(Database database, GenericExecuteSpec statement) {
        this.database = database;
        this.statement = statement;
    }

    public SqlStatement bind(String name, Object value) {
        return new SqlStatement(database, statement.bind(name, value));
    }

    public <T> SqlStatement bind(String name, @Nullable T value, Class<T> type) {
        return new SqlStatement(database, value == null ? statement.bindNull(name, type) : statement.bind(name, value));
    }

    /** The one row, or nothing. */
    public <T> Mono<T> one(Function<? super Readable, T> mapper) {
        return database.shielded(statement.map(mapper).one());
    }

    public <T> Mono<List<T>> list(Function<? super Readable, T> mapper) {
        return database.shielded(statement.map(mapper).all().collectList());
    }

    /** How many rows were inserted, changed or deleted. */
    public Mono<Long> count() {
        return database.shielded(statement.fetch().rowsUpdated());
    }
}
