package dev.todo.database;

import static org.awaitility.Awaitility.await;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** So many of the server's connections that somebody holds on to. */
public record AllConnections(List<Held> held) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration FOR_LONG = Duration.ofMinutes(5);
    private static final Timer TIMER = new HashedWheelTimer(new DefaultThreadFactory("patience", true));

    /** One of them, with the turn that holds it. */
    public record Held(Line line, Sinks.Empty<Object> end, Sinks.One<Boolean> ended) implements AutoCloseable {
        static Held take(Connections connections) {
            Sinks.One<Line> begun = Sinks.one();
            Sinks.Empty<Object> end = Sinks.empty();
            Sinks.One<Boolean> ended = Sinks.one();
            Mono.create(sink -> new Turn<>(
                                    connections,
                                    turn -> {
                                        begun.tryEmitValue(turn.line());
                                        return end.asMono();
                                    },
                                    true,
                                    FOR_LONG,
                                    sink)
                            .waitForIt(PATIENCE, TIMER))
                    .subscribe(nothing -> {}, begun::tryEmitError, () -> ended.tryEmitValue(true));
            return new Held(Objects.requireNonNull(begun.asMono().block(PATIENCE)), end, ended);
        }

        @Override
        public void close() {
            end.tryEmitEmpty();
            ended.asMono().block(PATIENCE);
        }
    }

    public static AllConnections take(Connections connections, int count) {
        // Whoever waited for one could be lent it by another thread, and then others would join it.
        await().until(() -> connections.inUse() + connections.waitedFor() == 0);
        List<Held> held = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            held.add(Held.take(connections));
        }
        return new AllConnections(held);
    }

    public Flux<PostgresqlConnection> each() {
        return Flux.fromIterable(held).map(one -> one.line.connection());
    }

    @Override
    public void close() {
        held.forEach(Held::close);
    }
}
