package dev.todo.database;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** One statement's turn at a connection: it waits, and then either begins or is given up, whichever comes first. */
final class Turn {
    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);
    private static final Object WAITING = "waiting";
    private static final Object GIVEN_UP = "given up";

    /** The connection, once it has begun. */
    private final AtomicReference<Object> state = new AtomicReference<>(WAITING);

    private volatile long latest = System.nanoTime();

    /** Another of its statements begins. */
    void goOn() {
        latest = System.nanoTime();
    }

    Duration sinceLastStatement() {
        return Duration.ofNanos(System.nanoTime() - latest);
    }

    Mono<Connection> begin(Connection connection) {
        return state.compareAndSet(WAITING, connection)
                ? Mono.just(connection)
                : Mono.from(connection.close())
                        .then(Mono.error(() -> new CancellationException("Nobody waits for it")));
    }

    boolean giveUp() {
        return state.compareAndSet(WAITING, GIVEN_UP);
    }

    boolean hasBegun() {
        return state.get() instanceof Connection;
    }

    /** Ends the connection itself, which fails a statement that still runs; the pool finds it closed and throws it away. */
    void sever() {
        if (state.get() instanceof Wrapped<?> pooled && pooled.unwrap() instanceof Connection connection) {
            Mono.from(connection.close())
                    .subscribe(done -> {}, error -> LOG.debug("A connection did not close", error));
        }
    }
}
