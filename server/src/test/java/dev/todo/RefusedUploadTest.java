package dev.todo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that sends all of its body before it reads is not cut off by a refusal that was made before. */
class RefusedUploadTest extends ServerTest {
    private static final int ATTEMPTS = 30;
    private static final byte[] BODY = "x".repeat(200_000).getBytes(US_ASCII);
    private static final byte[] CHUNKS =
            (Integer.toHexString(BODY.length) + "\r\n" + "x".repeat(BODY.length) + "\r\n0\r\n\r\n").getBytes(US_ASCII);

    @ParameterizedTest
    @CsvSource({
        "413, me, /api/me/tasks, application/json",
        "401, , /api/me/tasks, application/json",
        "403, me, /api/bob/tasks, application/json",
        "404, me, /nothing, application/json",
        "405, me, /health, application/json",
        "415, me, /api/me/tasks, text/plain",
        "400, me, /api/me/[, application/json"
    })
    void theAnswerIsReadThoughTheConnectionIsClosed(int status, @Nullable String signedIn, String path, String type)
            throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            assertAnswered(status, signedIn, path, type, "Content-Length: " + BODY.length, BODY);
            assertAnswered(status, signedIn, path, type, "Transfer-Encoding: chunked", CHUNKS);
        }
    }

    private void assertAnswered(
            int status, @Nullable String signedIn, String path, String type, String length, byte[] body)
            throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(
                    "POST " + path + " HTTP/1.1",
                    "Host: localhost",
                    signedIn == null ? "X-Nobody: true" : "Authorization: Bearer " + token(user),
                    "Content-Type: " + type,
                    "Connection: close",
                    length,
                    "");
            connection.sendBytes(body);
            assertThat(connection.answer().status()).isEqualTo(status);
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: abc", "Transfer-Encoding: chunked", "no colon"})
    void theAnswerToWhatIsNoHttpIsReadToo(String header) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (RawHttp connection = new RawHttp(port)) {
                connection.send("GET /health HTTP/1.1", "Host: localhost", header, "");
                connection.sendBytes(BODY);
                assertThat(connection.answer().status()).isEqualTo(400);
                assertThat(connection.isClosed()).isTrue();
            }
        }
    }
}
