package dev.todo.database;

import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** PostgreSQL's NOTIFY, heard on a connection outside the pool that is made again when it is lost. */
public final class Notifications {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final PostgresqlConnectionFactory connections;

    Notifications(PostgresqlConnectionFactory connections) {
        this.connections = connections;
    }

    /** Says the channel's name at each notification, and each time that it begins to listen: something may be missed. */
    public Flux<String> on(String channel) {
        return Flux.usingWhen(
                        connections.create(), connection -> heard(connection, channel), PostgresqlConnection::close)
                .concatWith(Mono.error(() -> new IllegalStateException("The connection has ended")))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .transientErrors(true)
                        .doBeforeRetry(lost -> LOG.warn(
                                "Not listening to {}: {}",
                                channel,
                                lost.failure().toString())));
    }

    private static Flux<String> heard(PostgresqlConnection connection, String channel) {
        return connection
                .createStatement("listen " + channel)
                .execute()
                .flatMap(PostgresqlResult::getRowsUpdated)
                .thenMany(Flux.concat(
                        Mono.just(channel), connection.getNotifications().map(notification -> channel)));
    }
}
