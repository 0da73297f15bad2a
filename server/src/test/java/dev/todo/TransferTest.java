package dev.todo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Sends files of tasks, and gets them. */
abstract class TransferTest extends ServerTest {
    protected static final String JSON_LINES = "application/x-ndjson";
    protected static final String CALENDAR = "text/calendar";
    protected static final String IMPORT = "/api/me/import";
    protected static final String SKIP = IMPORT + "?on_error=skip";

    protected static WebTestClient.RequestHeadersSpec<?> sending(
            WebTestClient client, String uri, String type, byte[] file) {
        return client.post().uri(uri).header(HttpHeaders.CONTENT_TYPE, type).body(Bodies.withLength(file));
    }

    protected WebTestClient.RequestHeadersSpec<?> sending(String uri, String type, String file) {
        return sending(http, uri, type, file.getBytes(UTF_8));
    }

    protected static JsonNode report(WebTestClient.RequestHeadersSpec<?> request) {
        return json(request.exchange().expectStatus().isOk().expectBody().returnResult());
    }

    protected JsonNode imported(WebTestClient client, String type, String file) {
        JsonNode report = report(sending(client, IMPORT, type, file.getBytes(UTF_8)));
        assertThat(report.path("failed").asInt()).as(report.toString()).isZero();
        return report;
    }

    /** Nothing is imported of a file with this: the errors as "line pointer message". */
    protected List<String> refused(String type, String file) {
        Refused refused = Refused.with(422, "invalid-content", sending(IMPORT, type, file));
        assertThat(getJson(tasks()).path("items")).isEmpty();
        return errors(refused.problem());
    }

    protected static List<String> errors(JsonNode answer) {
        return answer.path("errors")
                .valueStream()
                .map(error -> "%d %s %s"
                        .formatted(
                                error.path("line").asInt(),
                                error.path("pointer").asString("-"),
                                error.path("message").asString()))
                .toList();
    }

    protected static String exported(WebTestClient client, String type) {
        byte[] file = client.get()
                .uri("/api/me/export")
                .header(HttpHeaders.ACCEPT, type)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBodyContent();
        return file == null ? "" : new String(file, UTF_8);
    }

    protected static List<JsonNode> tasksOf(WebTestClient client) {
        return exported(client, JSON_LINES)
                .lines()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }

    /** What an import keeps of a task: its ties as places in the file. */
    protected static List<JsonNode> kept(List<JsonNode> tasks) {
        List<Long> ids = tasks.stream().map(task -> task.path("id").asLong()).toList();
        return tasks.stream()
                .<JsonNode>map(task -> {
                    ObjectNode kept = (ObjectNode) task.deepCopy();
                    kept.remove(List.of("id", "user_id", "updated_at", "version"));
                    for (String tie : List.of("series_id", "next_occurrence_id")) {
                        if (kept.path(tie).isNumber()) {
                            kept.put(tie, ids.indexOf(kept.path(tie).asLong()));
                        }
                    }
                    return kept;
                })
                .toList();
    }

    protected static String calendar(String... lines) {
        return text(Stream.of(Stream.of("BEGIN:VCALENDAR", "VERSION:2.0"), Stream.of(lines), Stream.of("END:VCALENDAR"))
                .flatMap(part -> part));
    }

    protected static String todo(String... lines) {
        return text(Stream.of(Stream.of("BEGIN:VTODO"), Stream.of(lines), Stream.of("END:VTODO"))
                        .flatMap(part -> part))
                .stripTrailing();
    }

    private static String text(Stream<String> lines) {
        return String.join("\r\n", lines.toList()) + "\r\n";
    }
}
