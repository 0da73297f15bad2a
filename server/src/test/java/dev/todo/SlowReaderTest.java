package dev.todo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.todo.database.Connections;
import dev.todo.database.SideDoor;
import io.netty.channel.ChannelOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.PrematureCloseException;
import reactor.test.StepVerifier;
import reactor.util.context.Context;
import tools.jackson.databind.json.JsonMapper;

/** Answers that are read slowly or not at all, and what comes too late for one. */
class SlowReaderTest extends ServerTest {
    private static final int REQUESTS = 120;
    /** Some 14 MB, which is more than fits between the server and one who does not read. */
    private static final int TASKS = 12_000;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @Autowired
    private BeanFactory beans;

    @Autowired
    private Connections connections;

    @BeforeEach
    void watchTheLog() {
        log.start();
        ROOT.addAppender(log);
    }

    @AfterEach
    void leaveTheLog() {
        ROOT.detachAppender(log);
    }

    @Test
    void whoDoesNotReadItsAnswerIsCutOff() throws IOException {
        String request = "GET /openapi.yaml HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(1024);
            socket.connect(new InetSocketAddress("localhost", port));
            socket.getOutputStream().write(request.repeat(REQUESTS).getBytes(US_ASCII));
            await().until(() -> !alarms(Level.WARN).isEmpty());
            assertThat(read(socket)).isPositive();
        }
        assertThat(alarms(Level.WARN)).singleElement().asString().contains("took longer than");
        assertThat(alarms(Level.ERROR)).isEmpty();
    }

    @Test
    void whoReadsSlowlyGetsAWholeExport() throws SQLException {
        fill();
        byte[] export = export().buffer(500)
                .concatMap(pieces -> Mono.delay(Duration.ofMillis(200)).thenReturn(joined(pieces)), 1)
                .collectList()
                .map(SlowReaderTest::joined)
                .block();

        assertThat(JSON.readTree(export).path("tasks")).hasSize(TASKS);
        await().untilAsserted(() -> assertThat(nanosOfTheExport()).isGreaterThan(REQUEST_TIMEOUT.toNanos()));
        assertThat(alarms(Level.WARN)).isEmpty();
    }

    @Test
    void whoStopsReadingAnExportIsCutOff() throws SQLException {
        fill();
        StepVerifier.create(export(), 1)
                .expectNextCount(1)
                .then(() -> await().until(() -> !alarms(Level.WARN).isEmpty()))
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(piece -> true)
                .verifyError(PrematureCloseException.class);

        assertThat(alarms(Level.WARN)).singleElement().asString().contains("took longer than");
        assertThat(alarms(Level.ERROR)).isEmpty();
        await().untilAsserted(this::everyConnectionIsFree);
    }

    @Test
    void anExportThatBreaksOffIsNotTakenForAWholeOne() throws SQLException {
        fill();
        try (Connection side = SideDoor.open(beans);
                Statement sql = side.createStatement()) {
            side.setAutoCommit(false);
            StepVerifier.create(export(), 1)
                    .expectNextCount(1)
                    .then(() -> breakTheConnectionThatReadsOn(sql))
                    .thenRequest(Long.MAX_VALUE)
                    .thenConsumeWhile(piece -> true)
                    .verifyError(PrematureCloseException.class);
            side.rollback();
        }
        assertThat(alarms(Level.WARN)).singleElement().asString().contains("The database does not answer");
        assertThat(alarms(Level.ERROR)).isEmpty();
        await().untilAsserted(this::everyConnectionIsFree);
    }

    @Test
    void anExportIsReadWhileItIsSent() throws SQLException {
        fill();
        List<byte[]> pieces = new ArrayList<>();
        StepVerifier.create(export().doOnNext(pieces::add), 1)
                .expectNextCount(1)
                .then(() -> execute("delete from tasks where user_id = ?"))
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(piece -> true)
                .verifyComplete();

        assertThat(JSON.readTree(joined(pieces)).path("tasks")).hasSizeBetween(1, TASKS - 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anExportOfAnAccountThatIsDeletedMeanwhileIsNotTakenForAWholeOne(boolean comesBack) throws SQLException {
        fill();
        StepVerifier.create(export(), 1)
                .expectNextCount(1)
                .then(() -> execute("delete from accounts where user_id = ?"))
                .then(() -> {
                    if (comesBack) {
                        giveAccount(user);
                    }
                })
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(piece -> true)
                .verifyError(PrematureCloseException.class);
        assertThat(alarms(Level.ERROR)).isEmpty();
    }

    @Test
    void aRefusalThatNobodyWaitsForIsNoAlarm() {
        Operators.onErrorDropped(dev.todo.problem.Problem.unavailable("Too late.", null), Context.empty());
        assertThat(alarms(Level.WARN)).isEmpty();
        assertThat(alarms(Level.ERROR)).isEmpty();
    }

    private Flux<byte[]> export() {
        return HttpClient.newConnection()
                .option(ChannelOption.SO_RCVBUF, 65_536)
                .headers(headers -> headers.set("Authorization", "Bearer " + token(user)))
                .get()
                .uri("http://localhost:" + port + "/api/auth/me/export")
                .responseContent()
                .asByteArray();
    }

    private void fill() throws SQLException {
        giveAccount(user);
        try (Connection side = SideDoor.open(beans);
                var insert = side.prepareStatement("""
                        insert into tasks (user_id, title, description)
                        select ?, 'Task ' || i, repeat('x', 1000) from generate_series(1, ?) i
                        """)) {
            insert.setString(1, user);
            insert.setInt(2, TASKS);
            insert.executeUpdate();
        }
    }

    private void execute(String sql) {
        try (Connection side = SideDoor.open(beans);
                var statement = side.prepareStatement(sql)) {
            statement.setString(1, user);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void breakTheConnectionThatReadsOn(Statement sql) {
        try {
            sql.execute("lock table tasks in access exclusive mode");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        new Thread(() -> await().until(() -> {
                    try (var ended = sql.executeQuery("""
                            select count(pg_terminate_backend(pid)) from pg_stat_activity where wait_event_type = 'Lock'
                            """)) {
                        return ended.next() && ended.getInt(1) == 1;
                    }
                }))
                .start();
    }

    private void everyConnectionIsFree() {
        assertThat(connections.inUse()).isZero();
    }

    private long nanosOfTheExport() {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getFormattedMessage().contains("exportAccount"))
                .flatMap(event -> event.getKeyValuePairs().stream())
                .filter(pair -> pair.key.equals("event.duration"))
                .mapToLong(pair -> (Long) pair.value)
                .sum();
    }

    private static byte[] joined(List<byte[]> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private List<String> alarms(Level level) {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static long read(Socket socket) throws IOException {
        long total = 0;
        byte[] buffer = new byte[8192];
        try (InputStream input = socket.getInputStream()) {
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                total += count;
            }
        } catch (SocketException reset) {
            return total;
        }
        return total;
    }
}
