package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** What the request log writes from now on. */
final class RequestLines implements AutoCloseable {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("request");

    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
            lines.add(line);
        }
    };

    /** Listens once the server is there: its start takes away whoever listened before. */
    static RequestLines fromNowOn() {
        RequestLines lines = new RequestLines();
        lines.appender.start();
        LOG.addAppender(lines.appender);
        return lines;
    }

    /** The one line about the request with this id; it is written after the answer. */
    ILoggingEvent of(String requestId) {
        List<ILoggingEvent> found = await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> all(requestId), list -> !list.isEmpty());
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private List<ILoggingEvent> all(String requestId) {
        return lines.stream()
                .filter(line -> requestId.equals(fields(line).get("http.request.id")))
                .toList();
    }

    static Map<String, String> fields(ILoggingEvent line) {
        return line.getKeyValuePairs().stream()
                .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
    }

    static String everything(ILoggingEvent line) {
        return line.getFormattedMessage() + " " + fields(line);
    }

    void clear() {
        lines.clear();
    }

    @Override
    public void close() {
        LOG.detachAppender(appender);
    }
}
