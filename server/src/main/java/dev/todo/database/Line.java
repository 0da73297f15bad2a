package dev.todo.database;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlStatement;
import io.r2dbc.spi.ValidationDepth;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection, and by when PostgreSQL must have answered on it. */
final class Line {
    private static final Logger LOG = LoggerFactory.getLogger(Line.class);

    private static final int MOST_STATEMENTS = 50;

    private final PostgresqlConnection connection;
    private final Map<String, PostgresqlStatement> statements = new LinkedHashMap<>(MOST_STATEMENTS, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PostgresqlStatement> eldest) {
            return size() > MOST_STATEMENTS;
        }
    };

    private volatile boolean busy;
    private volatile long deadline;
    private volatile boolean severed;

    Line(PostgresqlConnection connection) {
        this.connection = connection;
    }

    PostgresqlConnection connection() {
        return connection;
    }

    /** Kept, since the driver parses the text each time that it makes one. Only whoever has the line may ask. */
    PostgresqlStatement statement(String sql) {
        return statements.computeIfAbsent(sql, connection::createStatement);
    }

    void expectAnswerWithin(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
        busy = true;
    }

    void rest() {
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
