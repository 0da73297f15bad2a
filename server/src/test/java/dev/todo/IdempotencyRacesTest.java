package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.todo.database.Connections;
import dev.todo.database.SideDoor;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** However many send a request at once, and whoever hangs up: with a key it is carried out once. */
class IdempotencyRacesTest extends ServerTest {
    private static final int CLIENTS = 200;
    private static final String RENT = "{\"title\": \"Rent\"}";

    @Autowired
    private BeanFactory beans;

    @Autowired
    private Connections connections;

    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

    @AfterEach
    void stop() {
        clients.shutdownNow();
    }

    @Test
    void manyAtOnceAreOne() {
        List<EntityExchangeResult<byte[]>> answers = atOnce(CLIENTS, this::untilAnswered);

        assertThat(answers).extracting(answer -> json(answer)).containsOnly(json(answers.get(0)));
        assertThat(answers)
                .extracting(answer -> answer.getResponseHeaders().getETag())
                .containsOnly("\"1\"");
        assertThat(answers)
                .extracting(answer -> answer.getResponseHeaders().getLocation())
                .containsOnly(answers.get(0).getResponseHeaders().getLocation());
        assertThat(answers)
                .filteredOn(answer -> !answer.getResponseHeaders().containsHeader("Idempotency-Replayed"))
                .hasSizeLessThanOrEqualTo(1);
        assertThat(getJson("/api/me/tasks").path("items")).hasSize(1);
    }

    @Test
    void whileItIsUnderWayNobodyWaitsForItInTheDatabase() throws Exception {
        CompletableFuture<EntityExchangeResult<byte[]>> first;
        try (Connection lock = lockTasks()) {
            first = CompletableFuture.supplyAsync(() -> answer(request()), clients);
            await().until(() -> waitingForALock(lock) == 1);

            Refused inUse = Refused.with(409, "idempotency-key-in-use", request());
            assertThat(inUse.headers().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
            assertThat(atOnce(30, () -> answer(request())))
                    .extracting(answer -> answer.getStatus().value())
                    .containsOnly(409);
            assertThat(waitingForALock(lock)).isEqualTo(1);
            assertThat(connections.inUse()).isEqualTo(1);
            lock.rollback();
        }
        assertThat(first.join().getStatus().value()).isEqualTo(201);
        assertThat(answer(request()).getResponseBody()).isEqualTo(first.join().getResponseBody());
    }

    @Test
    void anOccurrenceThatIsBeingSkippedIsNotSkippedBesides() throws Exception {
        String uri = tasks() + "/" + createOccurrence().path("id").asLong() + "/skip";
        CompletableFuture<EntityExchangeResult<byte[]>> first;
        try (Connection lock = lockTasks()) {
            first = CompletableFuture.supplyAsync(() -> answer(skip(uri)), clients);
            await().until(() -> waitingForALock(lock) == 1);
            Refused.with(409, "idempotency-key-in-use", skip(uri));
            lock.rollback();
        }
        assertThat(json(first.join()).path("due_date").asString()).isEqualTo("2990-01-02");
        assertThat(json(answer(skip(uri)))).isEqualTo(json(first.join()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "reopen", "update", "delete"})
    void aBulkChangeThatIsUnderWayIsNotBegunAgain(String kind) throws Exception {
        createTask("So that there is an account");
        CompletableFuture<EntityExchangeResult<byte[]>> first;
        try (Connection lock = lockTasks()) {
            first = CompletableFuture.supplyAsync(() -> answer(bulk(kind)), clients);
            await().until(() -> waitingForALock(lock) == 1);
            Refused.with(409, "idempotency-key-in-use", bulk(kind));
            lock.rollback();
        }
        assertThat(json(first.join()).path("matched").asInt()).isEqualTo(1);
        assertThat(json(answer(bulk(kind)))).isEqualTo(json(first.join()));
    }

    private WebTestClient.RequestHeadersSpec<?> bulk(String kind) {
        String change = kind.equals("update") ? ", \"priority\": \"low\"" : "";
        return http.post()
                .uri(tasks() + "/bulk/" + kind)
                .header("Idempotency-Key", "bulk")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"filter\": {\"status\": \"all\"}%s}".formatted(change));
    }

    private WebTestClient.RequestHeadersSpec<?> skip(String uri) {
        return http.post().uri(uri).header("Idempotency-Key", "skip");
    }

    @Test
    void whoHangsUpBeforeTheAnswerGetsItWithTheNextRequest() throws Exception {
        try (Connection lock = lockTasks()) {
            try (RawHttp raw = new RawHttp(port)) {
                send(raw);
                await().until(() -> waitingForALock(lock) == 1);
            }
            lock.rollback();
        }
        await().untilAsserted(
                        () -> assertThat(getJson("/api/me/tasks").path("items")).hasSize(1));

        EntityExchangeResult<byte[]> again = answer(request());
        assertThat(again.getStatus().value()).isEqualTo(201);
        assertThat(again.getResponseHeaders().getFirst("Idempotency-Replayed")).isEqualTo("true");
        assertThat(getJson("/api/me/tasks").path("items").get(0)).isEqualTo(json(again));
    }

    @Test
    void aServerThatDiesInBetweenHasDoneAllOrNothing() throws Exception {
        try (Connection lock = lockTasks()) {
            CompletableFuture<EntityExchangeResult<byte[]>> cut =
                    CompletableFuture.supplyAsync(() -> answer(request()), clients);
            await().until(() -> waitingForALock(lock) == 1);
            try (Statement sql = lock.createStatement()) {
                sql.execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                        + " where datname = current_database() and wait_event_type = 'Lock'");
            }
            assertThat(cut.join().getStatus().value()).isEqualTo(503);
            lock.rollback();
        }
        EntityExchangeResult<byte[]> again = answer(request());
        assertThat(again.getStatus().value()).isEqualTo(201);
        assertThat(again.getResponseHeaders().containsHeader("Idempotency-Replayed"))
                .isFalse();
        assertThat(getJson("/api/me/tasks").path("items")).hasSize(1);
    }

    /** Comes again when it is told to: while another is under way, or because a slow machine has no time for it. */
    private EntityExchangeResult<byte[]> untilAnswered() {
        return Stream.generate(() -> answer(request()))
                .filter(answer -> !List.of(409, 503).contains(answer.getStatus().value()))
                .findFirst()
                .orElseThrow();
    }

    private <T> List<T> atOnce(int times, Supplier<T> request) {
        CyclicBarrier start = new CyclicBarrier(times);
        return IntStream.range(0, times)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> after(start, request), clients))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static <T> T after(CyclicBarrier start, Supplier<T> request) {
        try {
            start.await();
            return request.get();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    private WebTestClient.RequestHeadersSpec<?> request() {
        return http.post()
                .uri("/api/me/tasks")
                .header("Idempotency-Key", "rent")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(RENT);
    }

    private void send(RawHttp raw) throws IOException {
        raw.send(
                "POST /api/me/tasks HTTP/1.1",
                "Host: localhost",
                "Authorization: Bearer " + token(user),
                "Content-Type: application/json",
                "Idempotency-Key: rent",
                "Content-Length: " + RENT.length(),
                "",
                RENT);
    }

    private static EntityExchangeResult<byte[]> answer(WebTestClient.RequestHeadersSpec<?> request) {
        return request.exchange().expectBody().returnResult();
    }

    private Connection lockTasks() throws SQLException {
        await().atMost(Duration.ofSeconds(10)).until(() -> connections.inUse() == 0);
        Connection lock = SideDoor.open(beans);
        lock.setAutoCommit(false);
        try (Statement statement = lock.createStatement()) {
            statement.execute("lock table tasks in access exclusive mode");
        }
        return lock;
    }

    private static int waitingForALock(Connection connection) throws SQLException {
        try (Statement query = connection.createStatement();
                var rows = query.executeQuery("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and wait_event_type = 'Lock'
                        """)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
