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
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/**
 * Clients that hang up in mid-request cost nothing: no connection of the pool, no time, no buffer, and no confirmed
 * write. Every round they come while the table is locked, and half of them are cut at one instant, half of that before
 * the first can be answered and half while answers are on their way.
 */
class HangUpTest extends ServerTest {
    private static final int ROUNDS = 10;
    private static final int CLIENTS = 1_000;
    private static final int WAITING = 100;
    private static final int MOST_PATIENT_MILLIS = 1_500;
    private static final int NO_ANSWER = 0;
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @Autowired
    private Connections connections;

    @Autowired
    private BeanFactory beans;

    private final Random random = new Random();
    private final String token = token(user);
    private final ScheduledExecutorService scissors = Executors.newScheduledThreadPool(2);
    private final Logger requestLog = (Logger) LoggerFactory.getLogger("request");
    private final Logger rootLog = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> troubles = new ListAppender<>();
    private final ResourceLeakDetector.Level usualDetection = ResourceLeakDetector.getLevel();

    /** A client whose request is on its way. */
    private record Client(String method, String title, SocketChannel channel) {
        /** Ends the connection; tells the status of the answer if it has come already. */
        Cut cut() throws IOException {
            try (channel) {
                channel.configureBlocking(false);
                ByteBuffer answer = ByteBuffer.allocate(100);
                channel.read(answer);
                String start = new String(answer.array(), 0, answer.position(), US_ASCII);
                int status = start.isEmpty() ? NO_ANSWER : Integer.parseInt(start.substring("HTTP/1.1 ".length(), 12));
                return new Cut(method, title, status);
            }
        }
    }

    /** Connections are taken in the order in which they come: who is served at once has nobody before. */
    private boolean hasDealtWithAllWhoCame() throws IOException {
        for (int i = 0; i < 10; i++) {
            long start = System.nanoTime();
            try (RawHttp late = new RawHttp(port)) {
                late.send("GET /health/live HTTP/1.1", "Host: localhost", "").answer();
            }
            if (System.nanoTime() - start > AT_ONCE.toNanos() / 5) {
                return false;
            }
        }
        return true;
    }

    /** How it ended for a client. */
    private record Cut(String method, String title, int status) {}

    @BeforeEach
    void watchForLossesInsteadOfLoggingThousandsOfRequests() {
        requestLog.setLevel(Level.WARN);
        troubles.start();
        rootLog.addAppender(troubles);
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }

    @AfterEach
    void logAgain() {
        ResourceLeakDetector.setLevel(usualDetection);
        rootLog.detachAppender(troubles);
        requestLog.setLevel(Level.INFO);
        scissors.shutdownNow();
    }

    @Test
    void clientsThatHangUpCostNothing() throws Exception {
        List<String> uris = IntStream.range(0, 50)
                .mapToObj(i -> tasks() + "/" + createTask("task " + i).get("id").asLong())
                .toList();
        List<Cut> cuts = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            cuts.addAll(hangUp(uris));
            // A pool that has lost its connections answers 503 when the request time-out is over.
            getJson(uris.get(0));
        }
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(connections.inUse()).as("connections taken").isZero();
            assertThat(connections.waitedFor()).as("waiting for one").isZero();
        });
        answersAtOnce(uris.get(0));
        await().atMost(Duration.ofSeconds(60)).until(this::hasDealtWithAllWhoCame);
        confirmedWritesAreKept(cuts);
        reportLostBuffers();
        assertThat(troubles.list)
                .filteredOn(event -> event.getLevel() == Level.ERROR)
                .extracting(ILoggingEvent::getFormattedMessage)
                .as("faults in the log")
                .isEmpty();

        assertThat(cuts).extracting(Cut::status).containsOnly(NO_ANSWER, 200, 201);
        assertThat(cuts)
                .filteredOn(cut -> cut.status == NO_ANSWER)
                .as("cut before their answer")
                .hasSizeGreaterThan(ROUNDS * CLIENTS / 4);
    }

    private void answersAtOnce(String uri) {
        long start = System.nanoTime();
        getJson(uri);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
    }

    private void confirmedWritesAreKept(List<Cut> cuts) {
        List<JsonNode> kept = allTasks();
        List<String> created =
                cuts.stream().filter(cut -> cut.status == 201).map(Cut::title).toList();
        assertThat(created).isNotEmpty();
        assertThat(kept).extracting(task -> task.get("title").asString()).containsAll(created);

        // Every title is another one, so each change that was confirmed has made a version.
        long changed = cuts.stream()
                .filter(cut -> cut.method.equals("PATCH") && cut.status == 200)
                .count();
        assertThat(changed).isPositive();
        assertThat(kept.stream()
                        .mapToLong(task -> task.get("version").asLong() - 1)
                        .sum())
                .isGreaterThanOrEqualTo(changed);
    }

    private List<Cut> hangUp(List<String> uris) throws Exception {
        List<Client> clients = new ArrayList<>();
        List<Future<Cut>> cuts = new ArrayList<>();
        try (Connection sideDoor = SideDoor.open(beans)) {
            sideDoor.setAutoCommit(false);
            sideDoor.createStatement().execute("lock table tasks in access exclusive mode");
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(client(i, uris));
            }
            await().until(() -> connections.waitedFor() >= WAITING);
            Collections.shuffle(clients, random);
            clients.subList(0, CLIENTS / 4).forEach(client -> cuts.add(scissors.submit(client::cut)));
            sideDoor.commit();
        }
        clients.subList(CLIENTS / 4, CLIENTS / 2).forEach(client -> cuts.add(scissors.submit(client::cut)));
        clients.subList(CLIENTS / 2, CLIENTS)
                .forEach(client -> cuts.add(scissors.schedule(client::cut, patience(), TimeUnit.MILLISECONDS)));
        List<Cut> ends = new ArrayList<>();
        for (Future<Cut> cut : cuts) {
            ends.add(cut.get());
        }
        return ends;
    }

    private Client client(int i, List<String> uris) throws IOException {
        String uri = uris.get(random.nextInt(uris.size()));
        String title = Long.toHexString(random.nextLong());
        String body = "{\"title\": \"" + title + "\"}";
        return switch (i % 5) {
            case 0 -> send("GET", tasks() + "?limit=50&sort=title", title, "");
            case 1 -> send("GET", uri, title, "");
            case 2 -> send("POST", tasks(), title, body);
            case 3 -> send("PATCH", uri, title, body);
            default -> send("GET", "/openapi.yaml", title, "");
        };
    }

    private Client send(String method, String path, String title, String body) throws IOException {
        byte[] request = """
                %s %s HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                %s""".formatted(method, path, token, body.length(), body).getBytes(US_ASCII);
        int head = request.length - body.length();
        // One in five sends only a part of the body, or of the head if there is none.
        boolean whole = random.nextInt(5) > 0;
        int length =
                whole ? request.length : body.isEmpty() ? random.nextInt(head) : head + random.nextInt(body.length());
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.write(ByteBuffer.wrap(request, 0, length));
        if (random.nextBoolean()) {
            // Cut with a reset instead of a farewell.
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        return new Client(method, title, channel);
    }

    /** Most clients are impatient; a few wait until they are answered, so that there are writes that were confirmed. */
    private long patience() {
        return (long) (MOST_PATIENT_MILLIS * Math.pow(random.nextDouble(), 3));
    }

    /** Netty logs an error for each buffer that was collected without being released, when it makes the next one. */
    private static void reportLostBuffers() {
        for (int i = 0; i < 5; i++) {
            System.gc();
            ByteBufAllocator.DEFAULT.buffer().release();
        }
    }

    private List<JsonNode> allTasks() {
        List<JsonNode> all = new ArrayList<>();
        JsonNode page = getJson(tasks() + "?limit=200");
        all.addAll(page.get("items").values());
        while (!page.get("next_cursor").isNull()) {
            page = getJson(
                    tasks() + "?limit=200&cursor=" + page.get("next_cursor").asString());
            all.addAll(page.get("items").values());
        }
        return all;
    }
}
