package dev.todo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** What comes too late for an answer ends quietly. */
class SlowReaderTest extends ServerTest {
    private static final int REQUESTS = 120;
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

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
    void aRefusalThatNobodyWaitsForIsNoAlarm() {
        Operators.onErrorDropped(dev.todo.problem.Problem.unavailable("Too late.", null), Context.empty());
        assertThat(alarms(Level.WARN)).isEmpty();
        assertThat(alarms(Level.ERROR)).isEmpty();
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
