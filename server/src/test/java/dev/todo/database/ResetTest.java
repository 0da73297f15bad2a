package dev.todo.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.todo.ServerTest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

/** A connection to PostgreSQL that is reset fails as a connection to the client may: with the same words. */
class ResetTest extends ServerTest {
    @TestConfiguration(proxyBeanMethods = false)
    static class Detour {
        @Bean
        ResettingProxy proxy(@Qualifier("databaseAddress") DatabaseAddress straight) throws IOException {
            return new ResettingProxy(straight.host(), straight.port());
        }

        @Bean
        @Primary
        DatabaseAddress detour(@Qualifier("databaseAddress") DatabaseAddress straight, ResettingProxy proxy) {
            return new DatabaseAddress(
                    proxy.host(),
                    proxy.port(),
                    straight.database(),
                    straight.user(),
                    straight.password(),
                    straight.security(),
                    straight.extras());
        }
    }

    @Autowired
    private ResettingProxy proxy;

    @Autowired
    @Qualifier("databaseAddress")
    private DatabaseAddress straight;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.todo.web");
    private final ExecutorService client = Executors.newSingleThreadExecutor();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
        client.shutdownNow();
    }

    @Test
    void aResetConnectionToPostgresIsNoClientThatHasHungUp() throws SQLException {
        getJson(tasks());
        EntityExchangeResult<byte[]> answer;
        try (Connection lock = DriverManager.getConnection(straight.jdbcUrl(), straight.jdbcProperties());
                Statement sql = lock.createStatement()) {
            lock.setAutoCommit(false);
            sql.execute("lock table tasks in access exclusive mode");
            var reading = CompletableFuture.supplyAsync(this::read, client);
            await().atMost(Duration.ofSeconds(2)).until(() -> isWaitedFor(sql));
            proxy.resetAll();
            answer = reading.join();
        }
        assertThat(answer.getStatus()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(answer.getResponseHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer.getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER))
                .isEqualTo("5");
        assertThat(json(answer).get("code").asString()).isEqualTo("unavailable");
        assertThat(log.list)
                .filteredOn(event -> event.getLevel() == Level.WARN)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage()).contains("could not be served"));
        await().until(() -> read().getStatus() == HttpStatus.OK);
    }

    private EntityExchangeResult<byte[]> read() {
        return http.get().uri(tasks()).exchange().expectBody().returnResult();
    }

    private static boolean isWaitedFor(Statement sql) throws SQLException {
        try (var waiting = sql.executeQuery("select from pg_locks where not granted")) {
            return waiting.next();
        }
    }
}
