package dev.todo.database;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpResources;

/** The database from the ground up: PostgreSQL itself if it is ours, the tables, the connections, the way to use them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DatabaseSettings.class, DataDirectory.class})
class DatabaseConfiguration {
    /** A little more than a request may take. */
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration TO_ANSWER = STATEMENT_TIMEOUT.plusSeconds(5);
    private static final Duration TO_PING = Duration.ofSeconds(2);
    /** Ten connections do some ten thousand statements a second: more than this many waiting is a flood. */
    private static final int MOST_WAITING = 5_000;

    private static final Duration TO_CONNECT = Duration.ofSeconds(15);
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final Duration LIFE = Duration.ofMinutes(30);

    @Bean
    @Conditional(NoDatabaseUrl.class)
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
    @Bean(destroyMethod = "dispose")
    ConnectionPool connectionPool(DatabaseAddress address, DatabaseSettings settings, Schema schema) {
        int size = settings.pool().size();
        PostgresqlConnectionConfiguration configuration = address.r2dbc()
                // Less than half the CPU time for a list: a timestamp as text is slow to read.
                .forceBinary(true)
                .loopResources(HttpResources.get())
                .build();
        return new ConnectionPool(ConnectionPoolConfiguration.builder(new Connections(configuration))
                .initialSize(0)
                .maxSize(size)
                .maxCreateConnectionTime(TO_CONNECT)
                .maxIdleTime(IDLE)
                .maxLifeTime(LIFE)
                // After a restart of PostgreSQL every connection in the pool may be dead, and each must be tried once.
                .acquireRetry(size)
                .build());
    }

    @Bean
    @Primary
    ConnectionFactory connectionFactory(ConnectionPool pool) {
        return new Turnstile(pool);
    }

    @Bean
    Database database(
            DatabaseClient client,
            ConnectionFactory connections,
            ConnectionPool pool,
            DatabaseSettings settings,
            DatabaseAddress address,
            ObjectProvider<EmbeddedDatabase> embedded) {
        EmbeddedDatabase ours = embedded.getIfAvailable();
        return new Database(
                client,
                TransactionalOperator.create(new R2dbcTransactionManager(connections)),
                pool.getMetrics().orElseThrow(),
                new Database.Limits(MOST_WAITING, settings.acquire().timeout(), TO_ANSWER, TO_PING),
                ours == null ? "PostgreSQL at " + address.location() : ours.location());
    }

    @Bean
    Notifications notifications(DatabaseAddress address) {
        return new Notifications(new PostgresqlConnectionFactory(
                address.r2dbc().loopResources(HttpResources.get()).build()));
    }

    /** Lets a statement that has a {@link Turn} begin only if somebody still waits for it. */
    private record Turnstile(ConnectionPool pool) implements ConnectionFactory {
        @Override
        public Mono<Connection> create() {
            return Mono.deferContextual(context -> context.<Turn>getOrEmpty(Turn.class)
                    .map(turn -> pool.create().flatMap(turn::begin))
                    .orElseGet(pool::create));
        }

        @Override
        public ConnectionFactoryMetadata getMetadata() {
            return pool.getMetadata();
        }
    }

    /** Sets the time-out by a statement: a pooler in front of PostgreSQL refuses it among the start-up parameters. */
    private record Connections(PostgresqlConnectionFactory factory) implements ConnectionFactory {
        Connections(PostgresqlConnectionConfiguration configuration) {
            this(new PostgresqlConnectionFactory(configuration));
        }

        @Override
        public Mono<PostgresqlConnection> create() {
            return factory.create()
                    .flatMap(connection -> connection
                            .setStatementTimeout(STATEMENT_TIMEOUT)
                            .thenReturn(connection)
                            .onErrorResume(error -> connection.close().then(Mono.error(error))));
        }

        @Override
        public ConnectionFactoryMetadata getMetadata() {
            return factory.getMetadata();
        }
    }

    static class NoDatabaseUrl implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return context.getEnvironment().getProperty("database.url", "").isBlank();
        }
    }
}
