package dev.todo.database;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.pool.PooledRef;

/** So many of the server's connections that somebody holds on to. */
public record AllConnections(List<PooledRef<Line>> taken) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public static AllConnections take(Connections connections, int count) {
        List<PooledRef<Line>> taken = Flux.range(0, count)
                .concatMap(i -> connections.take())
                .collectList()
                .block(PATIENCE);
        return new AllConnections(Objects.requireNonNull(taken));
    }

    public Flux<PostgresqlConnection> each() {
        return Flux.fromIterable(taken).map(ref -> ref.poolable().connection());
    }

    @Override
    public void close() {
        Flux.fromIterable(taken).flatMap(PooledRef::release).blockLast(PATIENCE);
    }
}
