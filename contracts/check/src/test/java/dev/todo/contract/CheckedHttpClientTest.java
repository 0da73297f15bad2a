package dev.todo.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

/** What users of {@link HttpClient} get of it: their answers as ever, or an error. */
class CheckedHttpClientTest {
    private static final String TASK = "/api/me/tasks/42";
    private static final Answer GOOD = Answer.example(200, "task");

    private final ContractCheck check = new ContractCheck();
    private final HttpClient http = check.checked(HttpClient.newHttpClient());
    private final HttpClient both = new ContractCheck(ContractCheck.Also.REQUESTS).checked(HttpClient.newHttpClient());

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aGoodAnswerIsHandedOn() throws Exception {
        HttpResponse<String> answer = http.send(get().build(), BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo(GOOD.text());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("ETag")).contains("\"3\"");
        assertThat(answer.uri()).isEqualTo(server.uri(TASK));
        assertThat(answer.request().method()).isEqualTo("GET");
        assertThat(check.seen()).containsExactly("getTask 200");
    }

    @Test
    void everyHandlerGetsTheWholeBody() throws Exception {
        server.answers(GOOD.with("\n" + GOOD.text() + "\n"));
        try (InputStream stream =
                http.send(get().build(), BodyHandlers.ofInputStream()).body()) {
            assertThat(stream.readAllBytes()).asString().contains(GOOD.text());
        }
        try (Stream<String> lines =
                http.sendAsync(get().build(), BodyHandlers.ofLines()).join().body()) {
            assertThat(lines).containsExactly("", GOOD.text());
        }
        Flow.Publisher<List<ByteBuffer>> published = http.sendAsync(get().build(), BodyHandlers.ofPublisher(), null)
                .join()
                .body();
        assertThat(Flux.from(JdkFlowAdapter.flowPublisherToFlux(published))
                        .flatMapIterable(parts -> parts)
                        .map(part -> UTF_8.decode(part).toString())
                        .collect(Collectors.joining())
                        .block())
                .contains(GOOD.text());
        assertThat(http.send(get().build(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void anEmptyAnswerIsHandedOn() throws Exception {
        server.answers(GOOD.as(304).without("Content-Type").with(""));
        assertThat(http.send(get().build(), BodyHandlers.ofString()).body()).isEmpty();
        server.answers(GOOD);
        assertThat(http.send(get().method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofString())
                        .body())
                .isEmpty();
        assertThat(check.seen()).containsExactly("getTask 200", "getTask 304");
    }

    @Test
    void aWrongAnswerIsAnErrorWhereItIsAwaited() {
        server.answers(GOOD.without("ETag"));
        assertThatThrownBy(() -> http.send(get().build(), BodyHandlers.ofString()))
                .isInstanceOf(AssertionError.class)
                .hasMessageEndingWith("\n- header ETag is missing");
        assertThatThrownBy(() ->
                        http.sendAsync(get().build(), BodyHandlers.ofString()).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(AssertionError.class)
                .hasMessageEndingWith("\n- header ETag is missing");
    }

    @Test
    void aHandlerThatFailsIsAFailureToRead() {
        assertThatThrownBy(() -> http.send(get().build(), BodyHandlers.ofFile(Path.of("no such folder", "file"))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void requestsAreNotCheckedUnlessAsked() throws Exception {
        server.answers(Answer.problem(401, "unauthenticated").with("WWW-Authenticate", "Bearer"));
        assertThat(http.send(get().build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aWrongRequestIsNeverSent() {
        assertThatThrownBy(() -> both.send(get().build(), BodyHandlers.ofString()))
                .isInstanceOf(AssertionError.class)
                .hasMessageEndingWith("\n- header Authorization is no bearer token");
        assertThatThrownBy(() -> both.sendAsync(create("{}").build(), BodyHandlers.ofString())
                        .join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("createTask (POST /api/{user_id}/tasks) was to be sent")
                .hasMessageEndingWith("\n- body has no field title")
                .hasMessageNotContaining("e30");
        assertThat(server.received()).isEmpty();
    }

    @Test
    void aGoodRequestIsSentWhole() throws Exception {
        server.answers(GOOD.as(201).with("Location", TASK));
        String body = "{\"title\": \"%s\"}".formatted("x".repeat(200));
        HttpRequest once = create("")
                .POST(BodyPublishers.fromPublisher(JdkFlowAdapter.publisherToFlowPublisher(
                        Flux.fromArray(body.split("(?<=x{50})")).map(UTF_8::encode))))
                .build();
        assertThat(both.send(once, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
        both.sendAsync(create(body).build(), BodyHandlers.ofString()).join();
        assertThat(server.received())
                .extracting(bytes -> new String(bytes, UTF_8))
                .containsExactly(body, body);
    }

    @Test
    void aRequestThatCannotBeReadIsAFailureToSend() {
        HttpRequest broken = create("")
                .POST(BodyPublishers.fromPublisher(
                        JdkFlowAdapter.publisherToFlowPublisher(Flux.error(new IllegalStateException("no file")))))
                .build();
        assertThatThrownBy(() -> both.send(broken, BodyHandlers.ofString()))
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("no file");
        assertThatThrownBy(() -> both.sendAsync(broken, BodyHandlers.ofString()).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(IOException.class);
        assertThat(server.received()).isEmpty();
    }

    private HttpRequest.Builder get() {
        return HttpRequest.newBuilder(server.uri(TASK));
    }

    private HttpRequest.Builder create(String json) {
        return HttpRequest.newBuilder(server.uri("/api/me/tasks"))
                .header("Authorization", "Bearer e30.e30.e30")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
    }
}
