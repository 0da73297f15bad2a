package dev.todo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private static final int MORE_THAN_IS_KEPT_BACK = 100 * 1024;

    private final PrintStream usualOut = System.out;
    private final PrintStream usualErr = System.err;
    private final Disk out = new Disk();
    private final Disk err = new Disk();
    private final LoggerContext context = new LoggerContext();
    private final Logger log = context.getLogger(Logger.ROOT_LOGGER_NAME);

    private static final class Disk extends OutputStream {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private int free = Integer.MAX_VALUE;
        private int writes;
        private boolean closed;

        @Override
        public void write(int b) {
            throw new AssertionError("Byte by byte");
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            int written = Math.min(length, free);
            content.write(bytes, start, written);
            free -= written;
            writes++;
            if (written < length) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void close() {
            closed = true;
        }

        String text() {
            return content.toString(UTF_8);
        }
    }

    @BeforeEach
    void standIn() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        System.setOut(new PrintStream(out, true, UTF_8));
        System.setErr(new PrintStream(err, true, UTF_8));
    }

    @AfterEach
    void leave() {
        System.setOut(usualOut);
        System.setErr(usualErr);
    }

    @Test
    void aFullDiskLosesLinesAndNotTheLog() {
        console("System.out");
        out.free = "half".length();
        log.warn("half a line");
        log.info("x".repeat(MORE_THAN_IS_KEPT_BACK));
        log.info("another");
        out.free = Integer.MAX_VALUE;
        log.warn("there is space again");
        assertThat(out.text()).startsWith("half").endsWith("there is space again\n");
    }

    @Test
    void writesManyLinesAtOnce() {
        console("System.out");
        for (int i = 0; i < 100; i++) {
            log.info("line");
        }
        assertThat(out.writes).isZero();
        log.warn("last");
        assertThat(out.writes).isEqualTo(1);
        assertThat(out.text()).isEqualTo("line\n".repeat(100) + "last\n");
    }

    @Test
    void writesToWhereTheUsualOneWouldAndLeavesThatOpen() {
        console("System.err");
        log.warn("a line");
        context.stop();
        assertThat(err.text()).isEqualTo("a line\n");
        assertThat(err.closed).isFalse();
        assertThat(out.text()).isEmpty();
    }

    private void console(String target) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%msg%n");
        encoder.start();
        ConsoleAppender<ILoggingEvent> usual = new ConsoleAppender<>();
        usual.setContext(context);
        usual.setName("CONSOLE");
        usual.setTarget(target);
        usual.setEncoder(encoder);
        usual.start();
        log.addAppender(usual);
        assertThat(Console.inPlaceOfTheUsual(context)).isNotNull();
    }
}
