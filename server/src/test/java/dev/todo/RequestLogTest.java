package dev.todo;

import static dev.todo.RequestLines.everything;
import static dev.todo.RequestLines.fields;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.todo.web.MetricsServer;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.util.UriUtils;

/** What the server writes down about a request: one line and one measurement, and nothing that is the user's. */
class RequestLogTest extends ServerTest {
    private final String id = "log-" + UUID.randomUUID();

    private RequestLines lines;

    @Autowired
    private MetricsServer metricsServer;

    @BeforeEach
    void listen() {
        lines = RequestLines.fromNowOn();
    }

    @AfterEach
    void stopListening() {
        lines.close();
    }

    @Test
    void aRequestIsOneLineThatSaysWhoWhatAndHowItWent() {
        String title = "Secret-title-" + UUID.randomUUID();
        send(http.post()
                .uri(tasks())
                .header("Content-Type", "application/json")
                .bodyValue("{\"title\":\"" + title + "\"}"));
        ILoggingEvent line = line();
        assertThat(line.getLevel().toString()).isEqualTo("INFO");
        assertThat(fields(line))
                .containsEntry("http.request.id", id)
                .containsEntry("http.request.method", "POST")
                .containsEntry("url.path", tasks())
                .containsEntry("http.response.status_code", "201")
                .containsEntry("event.action", "createTask")
                .containsEntry("user.id", user)
                .doesNotContainKeys("event.reason", "client.address");
        assertThat(Long.parseLong(fields(line).get("event.duration")))
                .isPositive()
                .isLessThan(30_000_000_000L);
        assertThat(line.getFormattedMessage())
                .startsWith("201 POST " + tasks() + " createTask ")
                .endsWith(" us user=" + user + " id=" + id)
                .doesNotContain(title);
        assertThat(everything(line)).doesNotContain(title, token(user));
    }

    @Test
    void who401TurnsAwayIsToldWithAddressAndReasonButWithoutToken() {
        send(anyone.get().uri(tasks()));
        assertThat(fields(line()))
                .containsEntry("event.reason", "no-token")
                .containsEntry("client.address", "127.0.0.1");
        lines.clear();
        send(anyone.get().uri(tasks()).headers(headers -> headers.setBearerAuth("Top.Secret.Token")));
        assertThat(fields(line()))
                .containsEntry("http.response.status_code", "401")
                .containsEntry("event.reason", "malformed")
                .containsEntry("client.address", "127.0.0.1")
                .containsEntry("user.id", "-");
        assertThat(everything(line())).doesNotContain("Top.Secret.Token");
    }

    @Test
    void who403TurnsAwayIsToldWithAddressAndReason() {
        send(http.get().uri("/api/somebody-else/tasks"));
        assertThat(fields(line()))
                .containsEntry("http.response.status_code", "403")
                .containsEntry("event.reason", "foreign-path")
                .containsEntry("client.address", "127.0.0.1")
                .containsEntry("user.id", user);
        assertThat(line().getFormattedMessage()).endsWith(" reason=foreign-path address=127.0.0.1");
    }

    @Test
    void whoIsNoTrustedProxySpeaksForNobodyElse() {
        send(anyone.get()
                .uri(tasks())
                .header("X-Forwarded-For", "198.51.100.7")
                .header("Forwarded", "for=198.51.100.7"));
        assertThat(fields(line())).containsEntry("client.address", "127.0.0.1");
    }

    @Test
    void whatIsNoOperationIsCalledNone() {
        send(http.get().uri("/nothing?token=secret"));
        assertThat(fields(line()))
                .containsEntry("event.action", "none")
                .containsEntry("http.response.status_code", "404");
        assertThat(everything(line())).doesNotContain("token=secret");
    }

    @Test
    void aUserIdCannotWriteALineOfItsOwn() {
        String hostile = "a\r\n200 GET /fake listTasks\u2028\u2029\u0085\u001b[31m";
        send(as(hostile)
                .get()
                .uri(URI.create("http://localhost:" + port + "/api/" + UriUtils.encode(hostile, UTF_8) + "/tasks")));
        assertThat(everything(line())).doesNotContain("\r", "\n", "\u2028", "\u2029", "\u0085", "\u001b");
    }

    @Test
    void aPathCannotWriteALineOfItsOwnNorALongOne() {
        send(http.get().uri(URI.create("http://localhost:" + port + "/a%0d%0a200%20GET" + "b".repeat(3000))));
        assertThat(everything(line())).doesNotContain("\r", "\n").hasSizeLessThan(1500);
    }

    @Test
    void aClientThatHangsUpIsNoFaultOfTheServers() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(
                    "POST /api/me/tasks HTTP/1.1",
                    "Host: localhost",
                    "Authorization: Bearer " + token(user),
                    "Content-Type: application/json",
                    "Content-Length: 20",
                    "Expect: 100-continue",
                    "X-Request-Id: " + id,
                    "");
            assertThat(connection.answer().status()).isEqualTo(100);
        }
        assertThat(fields(line())).containsEntry("http.response.status_code", "499");
    }

    @Test
    void requestsAreMeasuredByOperationAndStatusOnAPortOfItsOwn() {
        send(http.get().uri(tasks()));
        line();
        String metrics = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + metricsServer.port())
                .build()
                .get()
                .uri("/metrics")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        assertThat(metrics)
                .containsPattern(
                        "http_server_requests_seconds_count\\{[^}]*operation=\"listTasks\"[^}]*status=\"200\"[^}]*} [1-9]")
                .doesNotContain(user);
        Refused.with(404, "not-found", http.get().uri("/metrics"));
        Refused.with(404, "not-found", http.get().uri("/actuator/prometheus"));
    }

    private void send(WebTestClient.RequestHeadersSpec<?> request) {
        request.header("X-Request-Id", id).exchange().expectBody().returnResult();
    }

    private ILoggingEvent line() {
        return lines.of(id);
    }
}
