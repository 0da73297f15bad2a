package dev.todo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.todo.database.Connections;
import dev.todo.database.SideDoor;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.JsonNode;

/** A file on its way in: it is kept until it has come whole, and never longer than its request. */
class ImportUploadTest extends TransferTest {
    private static final int LARGEST = 64 * 1024 * 1024;
    private static final String LINE = "{\"title\": \"Uploaded\"}\n";

    @Autowired
    private Connections connections;

    @Autowired
    private BeanFactory beans;

    @AfterEach
    void nothingIsLeft() {
        await().untilAsserted(() -> {
            assertThat(files()).isEmpty();
            assertThat(connections.inUse()).isZero();
        });
    }

    @Test
    void aFileHas64MiBAndNotAByteMore() {
        byte[] largest = new byte[LARGEST];
        Arrays.fill(largest, (byte) '\n');
        assertThat(report(sending(http, IMPORT, JSON_LINES, largest))
                        .path("imported")
                        .asInt())
                .isZero();

        byte[] tooLarge = Arrays.copyOf(largest, LARGEST + 1);
        Refused.with(413, "content-too-large", sending(http, IMPORT, JSON_LINES, tooLarge));
        Refused refused = Refused.with(
                413,
                "content-too-large",
                http.post()
                        .uri(IMPORT)
                        .header(HttpHeaders.CONTENT_TYPE, JSON_LINES)
                        .body(Bodies.inChunks(tooLarge)));
        assertThat(refused.detail()).isEqualTo("The file is over 67108864 bytes. Send it in parts.");
    }

    @Test
    void anUploadHoldsNoConnectionAndOnlyTheServerCanReadIt() throws IOException {
        try (RawHttp upload = begun("Content-Length: " + (LINE.length() + 1))) {
            upload.sendBytes(LINE.getBytes(UTF_8));
            await().until(() -> files().size() == 1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))))
                    .isEqualTo("rw-------");
            assertThat(connections.inUse()).isZero();
            assertThat(upload.sendBytes(new byte[] {'\n'}).answer().status()).isEqualTo(200);
        }
        assertThat(tasksOf(http)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000", "Transfer-Encoding: chunked"})
    void whoHangsUpLeavesNothing(String length) throws IOException {
        try (RawHttp upload = begun(length)) {
            upload.sendBytes((length.startsWith("T") ? "15\r\n" + LINE + "\r\n" : LINE).getBytes(UTF_8));
            await().until(() -> files().size() == 1);
        }
        await().until(() -> files().isEmpty());
        assertThat(tasksOf(http)).isEmpty();
    }

    @Test
    void anUploadThatStandsStillIsCutOff() throws IOException {
        try (RawHttp upload = begun("Content-Length: 1000")) {
            upload.sendBytes(LINE.getBytes(UTF_8));
            assertThat(upload.answer().status()).isEqualTo(503);
        }
        assertThat(tasksOf(http)).isEmpty();
    }

    @Test
    void anUploadThatGoesOnMayTakeLongerThanAnyRequest() {
        int pieces = 20;
        Duration pause = REQUEST_TIMEOUT.dividedBy(10);
        String answer = HttpClient.create()
                .headers(headers ->
                        headers.set("Authorization", "Bearer " + token(user)).set("Content-Type", JSON_LINES))
                .post()
                .uri("http://localhost:" + port + IMPORT)
                .send((request, out) -> out.sendGroups(
                        Flux.interval(pause).take(pieces).map(i -> Flux.just(Unpooled.copiedBuffer(LINE, UTF_8)))))
                .responseContent()
                .aggregate()
                .asString()
                .block();
        assertThat(answer).contains("\"imported\":20,");
    }

    @Test
    void whoLogsOutInTheMiddleOfAnUploadHasImportedNothing() throws IOException {
        String token = token(user);
        try (RawHttp upload = new RawHttp(port)) {
            upload.send(head(token, "Content-Length: " + LINE.length()));
            upload.sendBytes(LINE.substring(0, 5).getBytes(UTF_8));
            await().until(() -> files().size() == 1);
            anyone.post()
                    .uri("/api/auth/logout")
                    .headers(headers -> headers.setBearerAuth(token))
                    .exchange()
                    .expectStatus()
                    .isNoContent();
            upload.sendBytes(LINE.substring(5).getBytes(UTF_8));
            assertThat(upload.answer().status()).isEqualTo(401);
        }
        assertThat(tasksOf(http)).isEmpty();
    }

    @Test
    void anImportThatIsSentAgainIsDoneOnce() {
        EntityExchangeResult<byte[]> first = keyed(LINE, "once");
        EntityExchangeResult<byte[]> again = keyed(LINE, "once");
        assertThat(again.getResponseBody()).isEqualTo(first.getResponseBody());
        assertThat(first.getResponseHeaders().get("Idempotency-Replayed")).isNull();
        assertThat(again.getResponseHeaders().get("Idempotency-Replayed")).containsExactly("true");
        assertThat(tasksOf(http)).hasSize(1);

        Refused.with(
                422,
                "idempotency-key-reused",
                sending(IMPORT, JSON_LINES, LINE + LINE).header("Idempotency-Key", "once"));
        Refused.with(
                422, "idempotency-key-reused", sending(SKIP, JSON_LINES, LINE).header("Idempotency-Key", "once"));
    }

    @Test
    void anImportThatWasRefusedMayBeMended() {
        Refused.with(
                422, "invalid-content", sending(IMPORT, JSON_LINES, "nonsense").header("Idempotency-Key", "mend"));
        keyed(LINE, "mend");
        assertThat(tasksOf(http)).hasSize(1);
    }

    @Test
    void anImportUnderWayIsNotDoneTwice() throws Exception {
        giveAccount(user);
        try (RawHttp first = new RawHttp(port);
                Connection side = SideDoor.open(beans)) {
            side.setAutoCommit(false);
            side.createStatement().execute("lock table tasks in access exclusive mode");
            first.send(head(token(user), "Content-Length: " + LINE.length() + "\r\nIdempotency-Key: held"));
            first.sendBytes(LINE.getBytes(UTF_8));
            await().until(() -> connections.inUse() == 1);
            Refused refused = Refused.with(
                    409,
                    "idempotency-key-in-use",
                    sending(IMPORT, JSON_LINES, LINE).header("Idempotency-Key", "held"));
            assertThat(refused.headers().getFirst("Retry-After")).isEqualTo("1");
            side.rollback();
            assertThat(first.answer().status()).isEqualTo(200);
        }
        assertThat(tasksOf(http)).hasSize(1);
    }

    @Test
    void aUserHasOneImportAtATime() throws Exception {
        giveAccount(user);
        try (RawHttp first = new RawHttp(port);
                Connection side = SideDoor.open(beans)) {
            side.setAutoCommit(false);
            side.createStatement().execute("lock table tasks in access exclusive mode");
            first.send(head(token(user), "Content-Length: " + LINE.length()));
            first.sendBytes(LINE.getBytes(UTF_8));
            await().until(() -> connections.inUse() == 1);
            for (String key : List.of("", "another")) {
                var request = sending(IMPORT, JSON_LINES, LINE);
                Refused refused = Refused.with(
                        429, "too-many-requests", key.isEmpty() ? request : request.header("Idempotency-Key", key));
                assertThat(refused.headers().getFirst("Retry-After")).isEqualTo("5");
            }
            side.rollback();
            assertThat(first.answer().status()).isEqualTo(200);
        }
        assertThat(report(sending(IMPORT, JSON_LINES, LINE)).path("imported").asInt())
                .isEqualTo(1);
    }

    @Test
    void anImportThatFailsInTheMiddleHasImportedNothing() throws SQLException {
        giveAccount(user);
        sql("alter table tasks add constraint no_last check (title <> '%s') not valid".formatted(user));
        try {
            String file = LINE.repeat(1_500) + "{\"title\": \"%s\"}\n".formatted(user);
            Refused.with(500, "internal-error", sending(IMPORT, JSON_LINES, file));
            Refused.with(500, "internal-error", sending(SKIP, JSON_LINES, file));
        } finally {
            sql("alter table tasks drop constraint no_last");
        }
        assertThat(tasksOf(http)).isEmpty();
    }

    private void sql(String statement) throws SQLException {
        try (Connection side = SideDoor.open(beans)) {
            side.createStatement().execute(statement);
        }
    }

    private EntityExchangeResult<byte[]> keyed(String file, String key) {
        EntityExchangeResult<byte[]> answer = sending(IMPORT, JSON_LINES, file)
                .header("Idempotency-Key", key)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult();
        JsonNode report = json(answer);
        assertThat(report.path("imported").asInt()).isEqualTo(1);
        return answer;
    }

    private RawHttp begun(String length) throws IOException {
        return new RawHttp(port).send(head(token(user), length));
    }

    private static String[] head(String token, String length) {
        return new String[] {
            "POST " + IMPORT + " HTTP/1.1",
            "Host: localhost",
            "Authorization: Bearer " + token,
            "Content-Type: " + JSON_LINES,
            length,
            ""
        };
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(file -> file.getFileName().toString().startsWith("todo-import-"))
                    .toList();
        }
    }
}
