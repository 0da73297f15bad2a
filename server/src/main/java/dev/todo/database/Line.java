package dev.todo.database;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlStatement;
import io.r2dbc.spi.ValidationDepth;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection, and by when PostgreSQL must have answered on it. */
final class Line {
    private static final Logger LOG = LoggerFactory.getLogger(Line.class);

    private static final int MOST_STATEMENTS = 50;

    private final PostgresqlConnection connection;
    private final Map<Kind, PostgresqlStatement> statements = new LinkedHashMap<>(MOST_STATEMENTS, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, PostgresqlStatement> eldest) {
            return size() > MOST_STATEMENTS;
        }
    };
    /** Those that hold values. */
    private final Map<Kind, PostgresqlStatement> inUse = new HashMap<>();

    private volatile boolean busy;
    private volatile long deadline;
    private volatile boolean severed;

    Line(PostgresqlConnection connection) {
        this.connection = connection;
    }

    PostgresqlConnection connection() {
        return connection;
    }

    /**
     * What a statement is kept by. The driver remembers what it has prepared by an array that it goes on writing the types
     * to: a statement that took values of other types would be sent to what was prepared for the first.
     */
    private record Kind(String sql, List<Class<?>> types) {
        void forgetValues(PostgresqlStatement statement) {
            for (int i = 0; i < types.size(); i++) {
                statement.bindNull(i, types.get(i));
            }
        }
    }

    /** Kept, since the driver parses the text each time that it makes one. Only whoever has the line may ask. */
    PostgresqlStatement statement(String sql, List<Class<?>> types) {
        Kind kind = new Kind(sql, types);
        PostgresqlStatement statement = statements.computeIfAbsent(kind, this::created);
        inUse.put(kind, statement);
        return statement;
    }

    /** Shows at once whether there is a null of each type, which {@link #rest} can't do without. */
    private PostgresqlStatement created(Kind kind) {
        PostgresqlStatement statement = connection.createStatement(kind.sql);
        kind.forgetValues(statement);
        return statement;
    }

    void expectAnswerWithin(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
        busy = true;
    }

    /** Keeps no value: some are megabytes, and some are secret. */
    void rest() {
        inUse.forEach(Kind::forgetValues);
        inUse.clear();
        busy = false;
    }

    boolean isOpen() {
        return !severed
                && Boolean.TRUE.equals(
                        connection.validate(ValidationDepth.LOCAL).toFuture().getNow(false));
    }

    void severIfSilent() {
        if (busy && !severed && System.nanoTime() - deadline > 0) {
            LOG.warn("PostgreSQL has gone silent in the middle of a statement: its connection is closed");
            sever();
        }
    }

    /** Ends the connection itself, which fails a statement that still runs. */
    void sever() {
        severed = true;
        connection.close().subscribe(done -> {}, error -> LOG.debug("A connection did not close", error));
    }
}
