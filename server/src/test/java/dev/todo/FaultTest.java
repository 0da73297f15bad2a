package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.todo.database.AllConnections;
import dev.todo.database.Connections;
import dev.todo.database.SideDoor;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** What clients see while something is wrong with the server or its database, and that it is over when that is. */
class FaultTest extends ServerTest {
    @Autowired
    private BeanFactory beans;

    @Autowired
    private Connections connections;

    private Connection side;
    private Statement sql;
    private final ExecutorService clients = Executors.newFixedThreadPool(20);

    @BeforeEach
    void openTheSideDoor() throws SQLException {
        side = SideDoor.open(beans);
        sql = side.createStatement();
    }

    @AfterEach
    void closeTheSideDoor() throws SQLException {
        clients.shutdownNow();
        side.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, '', ",
        "POST, '', {\"title\":\"Rent\"}",
        "GET, /1, ",
        "PUT, /1, {\"title\":\"Rent\"}",
        "PATCH, /1, {\"title\":\"Rent\"}",
        "DELETE, /1, ",
        "PATCH, /1/complete, ",
        "PATCH, /1/reopen, ",
    })
    void aFaultOfTheServersIsLoggedAndNotTold(HttpMethod method, String path, @Nullable String body)
            throws SQLException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("dev.todo");
        log.start();
        logger.addAppender(log);
        sql.execute("alter table tasks rename column title to titel");
        EntityExchangeResult<byte[]> answer;
        try {
            answer = request(method, tasks() + path, body);
        } finally {
            sql.execute("alter table tasks rename column titel to title");
            logger.detachAppender(log);
        }
        JsonNode problem = refused(answer, 500, "internal-error");
        String id = answer.getResponseHeaders().getFirst("X-Request-Id");
        assertThat(problem.get("request_id").asString()).isEqualTo(id);
        assertThat(problem.get("instance").asString()).isEqualTo("urn:todo:request:" + id);
        assertThat(problem.get("detail").asString())
                .isEqualTo("Something went wrong here. Try again; if it lasts, report the request id.");
        assertThat(problem.propertyNames())
                .containsExactlyInAnyOrder("type", "title", "status", "detail", "instance", "code", "request_id");
        assertThat(answer.getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER))
                .isNull();

        assertThat(log.list)
                .filteredOn(event -> event.getLevel() == Level.ERROR)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getFormattedMessage()).contains(id);
                    assertThat(event.getThrowableProxy().getStackTraceElementProxyArray())
                            .isNotEmpty();
                });
        getJson(tasks());
    }

    @Test
    void aRequestThatTakesTooLongIsGivenUp() throws SQLException {
        JsonNode task = createTask("Rent");
        String uri = tasks() + "/" + task.get("id").asLong();
        try (Connection lock = lock("tasks")) {
            long start = System.nanoTime();
            unavailable(request(HttpMethod.GET, uri, null));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(REQUEST_TIMEOUT.minusMillis(100), REQUEST_TIMEOUT.plusSeconds(2));
            lock.rollback();
        }
        assertThat(getJson(uri)).isEqualTo(task);
    }

    @Test
    void aWriteThatHasBegunCompletesThoughItsRequestIsGivenUp() throws SQLException {
        giveAccount(user);
        try (Connection lock = lock("tasks")) {
            unavailable(request(HttpMethod.POST, tasks(), "{\"title\": \"Rent\"}"));
            lock.rollback();
        }
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(getJson(tasks()).get("items")).hasSize(1));
    }

    @Test
    void whileEveryConnectionIsTakenTheServerIsAliveButNotHealthy() {
        AllConnections taken = AllConnections.take(connections, connections.most());
        try {
            unavailable(request(HttpMethod.GET, tasks(), null));
            aliveButNotHealthy();
        } finally {
            taken.close();
        }
        allIsWell();
    }

    @Test
    void whileTheDatabaseLetsNobodyInTheServerIsAliveButNotHealthy() throws SQLException {
        sql.execute("alter database todo connection limit 0");
        try {
            terminateConnections();
            unavailable(request(HttpMethod.GET, tasks(), null));
            unavailable(request(HttpMethod.POST, tasks(), "{\"title\": \"Rent\"}"));
            aliveButNotHealthy();
        } finally {
            sql.execute("alter database todo connection limit -1");
        }
        allIsWell();
        assertThat(getJson(tasks()).get("items")).isEmpty();
    }

    @Test
    void connectionsThatDieWhileNobodyUsesThemCostNobodyAnything() throws SQLException {
        for (int round = 0; round < 5; round++) {
            assertThat(atOnce(HttpMethod.GET, tasks(), 20)).allMatch(FaultTest::isGood);
            terminateConnections();
            assertThat(atOnce(HttpMethod.GET, tasks(), 20)).allMatch(FaultTest::isGood);
        }
    }

    @Test
    void connectionsThatDieFailOnlyTheRequestsThatUseThem() throws SQLException {
        String uri = tasks() + "/" + createTask("Rent").get("id").asLong();
        try (Connection lock = lock("tasks")) {
            List<CompletableFuture<EntityExchangeResult<byte[]>>> stuck = atOnce(HttpMethod.GET, uri, 5);
            await().atMost(Duration.ofSeconds(2)).until(() -> count("wait_event_type = 'Lock'") == 5);
            sql.execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity where wait_event_type = 'Lock'");
            assertThat(stuck).allSatisfy(answer -> unavailable(answer.join()));
            lock.rollback();
        }
        assertThat(atOnce(HttpMethod.GET, uri, 20)).allMatch(FaultTest::isGood);
    }

    @Test
    void aConnectionThatDiesInATransactionIsNoAlarm() throws SQLException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        try (Connection lock = lock("accounts")) {
            var change = CompletableFuture.supplyAsync(
                    () -> request(HttpMethod.PATCH, "/api/auth/me", "{\"name\": \"A.\"}"), clients);
            await().atMost(Duration.ofSeconds(2)).until(() -> count("wait_event_type = 'Lock'") == 1);
            sql.execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity where wait_event_type = 'Lock'");
            unavailable(change.join());
            lock.rollback();
        }
        root.detachAppender(log);
        assertThat(log.list).noneMatch(event -> event.getLevel() == Level.ERROR);
    }

    /** Several times in less than the five seconds after which a server looks in any case. */
    @Test
    void aServerThatCannotReadWhatIsRevokedLooksAgainAtOnce() throws SQLException {
        try (Connection lock = lock("revocations")) {
            await().atMost(Duration.ofSeconds(6)).until(() -> count("wait_event_type = 'Lock'") == 1);
            long start = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                sql.execute(
                        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where wait_event_type = 'Lock'");
                await().atMost(Duration.ofSeconds(4)).until(() -> count("wait_event_type = 'Lock'") == 1);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            lock.rollback();
        }
    }

    private Connection lock(String table) throws SQLException {
        Connection lock = SideDoor.open(beans);
        lock.setAutoCommit(false);
        try (Statement statement = lock.createStatement()) {
            statement.execute("lock table " + table + " in access exclusive mode");
        }
        return lock;
    }

    private void aliveButNotHealthy() {
        for (String path : new String[] {"/health", "/health/ready"}) {
            JsonNode problem = unavailable(request(HttpMethod.GET, path, null));
            assertThat(problem.get("detail").asString()).isEqualTo("Not healthy: the database does not answer.");
        }
        assertThat(request(HttpMethod.GET, "/health/live", null).getStatus().value())
                .isEqualTo(200);
    }

    private void allIsWell() {
        for (String path : new String[] {"/health", "/health/ready", "/health/live", tasks()}) {
            assertThat(request(HttpMethod.GET, path, null).getStatus().value()).isEqualTo(200);
        }
    }

    private void terminateConnections() throws SQLException {
        String open = "pid = any ('{" + ask("string_agg(pid::text, ',')", "true") + "}')";
        ask("bool_and(pg_terminate_backend(pid, 5000))", open);
        // One that ended by itself was not there to be terminated, but is gone as well.
        assertThat(count(open)).isZero();
    }

    private int count(String condition) throws SQLException {
        return Integer.parseInt(ask("count(*)", condition));
    }

    private String ask(String what, String condition) throws SQLException {
        try (var answer = sql.executeQuery("""
                select %s from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
                    and backend_type = 'client backend' and query not like 'listen %%' and %s
                """.formatted(what, condition))) {
            answer.next();
            return answer.getString(1);
        }
    }

    private List<CompletableFuture<EntityExchangeResult<byte[]>>> atOnce(HttpMethod method, String uri, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> request(method, uri, null), clients))
                .toList();
    }

    private EntityExchangeResult<byte[]> request(HttpMethod method, String uri, @Nullable String body) {
        WebTestClient.RequestBodySpec request = http.method(method).uri(uri);
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).bodyValue(body);
        }
        return request.exchange().expectBody().returnResult();
    }

    private static boolean isGood(CompletableFuture<EntityExchangeResult<byte[]>> answer) {
        return answer.join().getStatus().value() == 200;
    }

    private static JsonNode unavailable(EntityExchangeResult<byte[]> answer) {
        assertThat(answer.getResponseHeaders().getFirst(HttpHeaders.RETRY_AFTER))
                .isEqualTo("5");
        return refused(answer, 503, "unavailable");
    }

    private static JsonNode refused(EntityExchangeResult<byte[]> answer, int status, String code) {
        assertThat(answer.getStatus().value()).isEqualTo(status);
        assertThat(json(answer).get("code").asString()).isEqualTo(code);
        return json(answer);
    }
}
