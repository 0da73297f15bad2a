package dev.todo.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;

/** What users of WebTestClient get of it: their answers as ever, or an error. */
class ContractExchangeFilterTest {
    private static final String TASK = "/api/me/tasks/42";
    private static final Answer GOOD = Answer.example(200, "task");

    private final ContractCheck check = new ContractCheck();

    private FakeServer server;
    private WebTestClient http;
    private WebTestClient both;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        http = client(check);
        both = client(new ContractCheck(ContractCheck.Also.REQUESTS))
                .mutate()
                .defaultHeader("Authorization", "Bearer e30.e30.e30")
                .build();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aGoodAnswerIsHandedOn() {
        http.get()
                .uri(TASK)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo(GOOD.text());
        http.method(HttpMethod.HEAD)
                .uri(TASK)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .isEmpty();
        server.answers(GOOD.as(304).without("Content-Type").with(""));
        http.get()
                .uri(TASK)
                .exchange()
                .expectStatus()
                .isNotModified()
                .expectBody()
                .isEmpty();
        assertThat(check.seen()).containsExactly("getTask 200", "getTask 304");
    }

    @Test
    void aWrongAnswerIsAnError() {
        server.answers(GOOD.with("Content-Type", "text/html"));
        assertThatThrownBy(() -> http.get().uri(TASK).exchange())
                .hasMessageContaining("getTask (GET /api/{user_id}/tasks/{task_id}) answered 200")
                .hasMessageContaining("\n- header Content-Type is none of application/json");
    }

    @Test
    void aWrongRequestIsNeverSent() {
        assertThatThrownBy(() -> both.get().uri(TASK + "?limit=1").exchange())
                .hasMessageContaining("getTask (GET /api/{user_id}/tasks/{task_id}) was to be sent")
                .hasMessageContaining("\n- query parameter is not declared: limit");
        assertThatThrownBy(() -> create("{\"title\": \"\"}"))
                .hasMessageContaining("\n- body /title breaks minLength 1")
                .hasMessageNotContaining("e30");
        assertThat(server.received()).isEmpty();
    }

    @Test
    void aGoodRequestIsSentWhole() {
        server.answers(GOOD.as(201).with("Location", TASK));
        String body = "{\"title\": \"Pay rent\"}";
        create(body).expectStatus().isCreated();
        both.post()
                .uri("/api/me/tasks")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Flux.just("{\"title\": ", "\"Pay rent\"}"), String.class)
                .exchange()
                .expectStatus()
                .isCreated();
        assertThat(server.received())
                .extracting(bytes -> new String(bytes, UTF_8))
                .containsExactly(body, body);
        server.answers(GOOD);
        both.get().uri(TASK).exchange().expectStatus().isOk();
    }

    private WebTestClient.ResponseSpec create(String json) {
        return both.post()
                .uri("/api/me/tasks")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json)
                .exchange();
    }

    private WebTestClient client(ContractCheck held) {
        return WebTestClient.bindToServer(new JdkClientHttpConnector())
                .baseUrl(server.uri("").toString())
                .filter(new ContractExchangeFilter(held))
                .build();
    }
}
