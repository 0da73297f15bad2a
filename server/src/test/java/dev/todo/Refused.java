package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** A refusal as a client gets it. */
record Refused(HttpHeaders headers, JsonNode problem) {
    static Refused with(int status, String code, WebTestClient.RequestHeadersSpec<?> request) {
        return by(status, code, request.exchange());
    }

    static Refused by(int status, String code, WebTestClient.ResponseSpec response) {
        EntityExchangeResult<byte[]> result = response.expectBody().returnResult();
        byte[] body = result.getResponseBodyContent();
        String answer = body == null ? "" : new String(body, StandardCharsets.UTF_8);
        assertThat(result.getStatus().value()).as(answer).isEqualTo(status);
        JsonNode problem = ServerTest.json(result);
        assertThat(problem.path("code").asString()).as(answer).isEqualTo(code);
        return new Refused(result.getResponseHeaders(), problem);
    }

    /** The JSON pointers of all that is wrong in the body, each once. */
    List<String> pointers() {
        return named("pointer");
    }

    /** The names of all the parameters and headers that are wrong, each once. */
    List<String> parameters() {
        return named("parameter");
    }

    List<String> messages() {
        return named("message");
    }

    String detail() {
        return problem.path("detail").asString();
    }

    private List<String> named(String key) {
        return problem.path("errors")
                .valueStream()
                .filter(error -> error.has(key))
                .map(error -> error.path(key).asString())
                .distinct()
                .toList();
    }
}
