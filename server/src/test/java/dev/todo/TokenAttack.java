package dev.todo;

import dev.todo.auth.Refusal;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A request that must not get in, the token it carries, and why it is turned away. */
record TokenAttack(
        String name,
        String token,
        Refusal refusal,
        Function<WebTestClient, WebTestClient.RequestHeadersSpec<?>> request) {
    static final String PATH = "/api/me/tasks";

    static TokenAttack bearer(String name, String token, Refusal refusal) {
        return header(name, token, "Bearer " + token, refusal);
    }

    static TokenAttack header(String name, String token, String authorization, Refusal refusal) {
        return new TokenAttack(
                name,
                token,
                refusal,
                client -> client.get().uri(PATH).header(HttpHeaders.AUTHORIZATION, authorization));
    }

    static TokenAttack elsewhere(
            String name, String token, Function<WebTestClient, WebTestClient.RequestHeadersSpec<?>> request) {
        return new TokenAttack(name, token, Refusal.NO_TOKEN, request);
    }

    String challenge() {
        return refusal == Refusal.NO_TOKEN
                ? "Bearer"
                : "Bearer error=\"invalid_token\", error_description=\"" + refusal.detail() + "\"";
    }

    @Override
    public String toString() {
        return name;
    }
}
