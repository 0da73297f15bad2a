package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Sends a body wherever one of a task is taken: on create, on replace and on change. */
abstract class TaskBodyTest extends ServerTest {
    List<Refused> refusedEverywhere(String body) {
        String task = oneTask();
        List<Refused> refused = requests(task, body)
                .map(request -> Refused.with(422, "invalid-content", request))
                .toList();
        assertThat(getJson(task).path("version").asLong()).isEqualTo(1);
        return refused;
    }

    List<JsonNode> keptEverywhere(String body) {
        return requests(oneTask(), body)
                .map(request -> json(request.exchange()
                        .expectStatus()
                        .is2xxSuccessful()
                        .expectBody()
                        .returnResult()))
                .flatMap(answered -> Stream.of(
                        answered, getJson(tasks() + "/" + answered.path("id").asString())))
                .toList();
    }

    private Stream<WebTestClient.RequestHeadersSpec<?>> requests(String task, String body) {
        return Stream.of(
                sending(HttpMethod.POST, tasks(), body),
                sending(HttpMethod.PUT, task, body),
                sending(HttpMethod.PATCH, task, body));
    }

    WebTestClient.RequestHeadersSpec<?> sending(HttpMethod method, String path, String body) {
        return http.method(method)
                .uri(path)
                .header("Content-Type", "application/json")
                .bodyValue(body);
    }

    private String oneTask() {
        return tasks() + "/" + createTask("As it was").path("id").asString();
    }
}
