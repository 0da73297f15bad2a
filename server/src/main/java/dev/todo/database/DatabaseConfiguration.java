package dev.todo.database;

import io.netty.util.Timer;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;

/** The database from the ground up: PostgreSQL itself if it is ours, the tables, the connections, the way to use them. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    /** A little more than a request may take. */
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration TO_ANSWER = STATEMENT_TIMEOUT.plusSeconds(5);
    private static final Duration TO_PING = Duration.ofSeconds(2);
    /** Ten connections do some ten thousand statements a second: more than this many of a kind waiting is a flood. */
    private static final int MOST_WAITING = 5_000;

    /** Only where nobody names another one. */
    @Bean
    @Lazy
    EmbeddedDatabase embeddedDatabase(DataDirectory directory) {
        return EmbeddedDatabase.start(directory.path());
    }

    @Bean
    DatabaseAddress databaseAddress(DatabaseSettings settings, ObjectProvider<EmbeddedDatabase> embedded) {
        return settings.url() == null ? embedded.getObject().address() : DatabaseAddress.parse(settings.url());
    }

    @Bean(initMethod = "update")
    Schema schema(DatabaseAddress address) {
        return new Schema(address);
    }

    /** Wants the schema, so that no connection is made before the tables are there. */
    @Bean
    Connections connections(DatabaseAddress address, DatabaseSettings settings, Timer timer, Schema schema) {
        LoopResources loops = HttpResources.get();
        PostgresqlConnectionConfiguration configuration =
                address.r2dbc().loopResources(loops).build();
        return new Connections(
                configuration, STATEMENT_TIMEOUT, loops, settings.pool().size(), timer);
    }

    @Bean
    Database database(
            Connections connections,
            Timer timer,
            DatabaseSettings settings,
            DatabaseAddress address,
            ObjectProvider<EmbeddedDatabase> embedded) {
        return new Database(
                connections,
                timer,
                new Database.Limits(MOST_WAITING, settings.acquire().timeout(), TO_ANSWER, TO_PING),
                settings.url() == null ? embedded.getObject().location() : "PostgreSQL at " + address.location());
    }

    @Bean
    Notifications notifications(DatabaseAddress address) {
        return new Notifications(new PostgresqlConnectionFactory(
                address.r2dbc().loopResources(HttpResources.get()).build()));
    }
}
