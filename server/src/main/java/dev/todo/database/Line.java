package dev.todo.database;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** A connection, and by when PostgreSQL must have answered on it. */
final class Line {
    private static final Logger LOG = LoggerFactory.getLogger(Line.class);

    private final PostgresqlConnection connection;
    private final Wire wire;
    /** Put and not yet sent; there are some only while it is shared, on the thread of its event loop. */
    private final List<Question<?, ?>> unsent = new ArrayList<>();

    private volatile @Nullable Executor loop;
    private volatile boolean busy;
    private volatile long deadline;
    private volatile boolean severed;

    Line(PostgresqlConnection connection) {
        this.connection = connection;
        this.wire = new Wire(connection);
    }

    PostgresqlConnection connection() {
        return connection;
    }

    /** Several turns put their questions from here on, all of them on this event loop. */
    void share(Executor eventLoop) {
        loop = eventLoop;
    }

    /** Only whoever has the line may ask. What is asked while it is shared goes out together, when the loop is through. */
    void ask(Question<?, ?> question) {
        Executor shared = loop;
        if (shared == null) {
            wire.ask(List.of(question));
        } else {
            if (unsent.isEmpty()) {
                shared.execute(this::send);
            }
            unsent.add(question);
        }
    }

    private void send() {
        List<Question<?, ?>> questions = List.copyOf(unsent);
        unsent.clear();
        wire.ask(questions);
    }

    void expectAnswerWithin(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
        busy = true;
    }

    void rest() {
        loop = null;
        busy = false;
    }

    boolean isOpen() {
        return !severed && wire.isOpen();
    }

    void severIfSilent() {
        if (busy && !severed && System.nanoTime() - deadline > 0) {
            LOG.warn("PostgreSQL has gone silent in the middle of a statement: its connection is closed");
            severed = true;
            // Not on this thread: the driver's list of who waits for answers is for one at a time.
            close(connection.close().subscribeOn(wire.scheduler()));
        }
    }

    /** Ends the connection itself, which fails a statement that still runs. */
    void sever() {
        severed = true;
        close(connection.close());
    }

    private static void close(Mono<Void> closing) {
        closing.subscribe(done -> {}, error -> LOG.debug("A connection did not close", error));
    }
}
