package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The life of a task. */
class TasksTest extends ServerTest {
    private static final MediaType MERGE_PATCH = MediaType.valueOf("application/merge-patch+json");
    private static final String FULL = """
            {"title": "Pay the rent", "description": "By bank transfer", "completed": true}
            """;

    @Test
    void everyAnswerAboutATaskIsTheSame() {
        EntityExchangeResult<byte[]> created = send(POST, tasks(), FULL, 201);
        JsonNode task = json(created);
        String location = location(created);

        assertThat(task.get("user_id").asString()).isEqualTo(user);
        assertThat(task.get("title").asString()).isEqualTo("Pay the rent");
        assertThat(task.get("description").asString()).isEqualTo("By bank transfer");
        assertThat(task.get("completed").asBoolean()).isTrue();
        assertThat(task.get("version").asLong()).isEqualTo(1);
        assertThat(task.get("created_at")).isEqualTo(task.get("updated_at")).isEqualTo(task.get("completed_at"));
        assertThat(location).isEqualTo(tasks() + "/" + task.get("id").asLong());
        assertThat(getJson(location)).isEqualTo(task);
        assertThat(getJson("/api/me/tasks/{id}", task.get("id").asLong())).isEqualTo(task);
        assertThat(getJson(tasks()).get("items").get(0)).isEqualTo(task);
        assertThat(json(send(PATCH, location, "{}", 200))).isEqualTo(task);
        assertThat(json(send(PUT, location, FULL, 200))).isEqualTo(task);
    }

    @Test
    void locationLeadsToTheTaskForAnyUserId() {
        String odd = "o/d?d #%2F ü😀\"" + user;
        EntityExchangeResult<byte[]> created = as(odd).post()
                .uri("/api/me/tasks")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"title\": \"Rent\"}")
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody()
                .returnResult();
        as(odd).get()
                .uri(URI.create("http://localhost:" + port + location(created)))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .consumeWith(got -> assertThat(json(got)).isEqualTo(json(created)));
        assertThat(json(created).get("user_id").asString()).isEqualTo(odd);
    }

    @Test
    void aTitleIsEnoughToCreateATask() {
        JsonNode task = json(send(POST, tasks(), "{\"title\": \"Rent\"}", 201));
        assertThat(task.get("description").isNull()).isTrue();
        assertThat(task.get("completed").asBoolean()).isFalse();
        assertThat(task.get("completed_at").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"POST", "PUT", "PATCH"})
    void outerSpaceOfATitleIsRemoved(String method) {
        String space = "\\t\\n\\u000b\\f\\r \\u00a0\\u1680\\u2003\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
        String body = "{\"title\": \"" + space + "Pay \\t the rent" + space + "\"}";
        String uri = method.equals("POST") ? tasks() : uri(createTask("Rent"));
        JsonNode task = json(send(HttpMethod.valueOf(method), uri, body, method.equals("POST") ? 201 : 200));
        assertThat(task.get("title").asString()).isEqualTo("Pay \t the rent");
    }

    @Test
    void putSetsWhatIsAbsentToItsDefault() {
        JsonNode task = json(send(POST, tasks(), FULL, 201));
        JsonNode replaced = json(send(PUT, uri(task), "{\"title\": \"Gas\"}", 200));
        assertThat(replaced.get("title").asString()).isEqualTo("Gas");
        assertThat(replaced.get("description").isNull()).isTrue();
        assertThat(replaced.get("completed").asBoolean()).isFalse();
        assertThat(replaced.get("completed_at").isNull()).isTrue();
        assertThat(replaced.get("version").asLong()).isEqualTo(2);
        assertThat(getJson(uri(task))).isEqualTo(replaced);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/merge-patch+json", "application/json;charset=UTF-8"})
    void patchKeepsWhatIsAbsentAndClearsWhatIsNull(String contentType) {
        MediaType type = MediaType.valueOf(contentType);
        JsonNode task = json(send(POST, tasks(), FULL, 201));
        JsonNode titled = json(send(PATCH, uri(task), type, "{\"title\": \"Gas\"}", 200));
        assertThat(titled.get("title").asString()).isEqualTo("Gas");
        assertThat(titled.get("description")).isEqualTo(task.get("description"));
        assertThat(titled.get("completed_at")).isEqualTo(task.get("completed_at"));

        JsonNode cleared = json(send(PATCH, uri(task), type, "{\"description\": null}", 200));
        assertThat(cleared.get("description").isNull()).isTrue();
        assertThat(cleared.get("title").asString()).isEqualTo("Gas");
        assertThat(cleared.get("completed_at")).isEqualTo(task.get("completed_at"));
        assertThat(cleared.get("version").asLong()).isEqualTo(3);
        assertThat(getJson(uri(task))).isEqualTo(cleared);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PATCH | | {}",
                "PATCH | | {\"title\": \"  Pay the rent \"}",
                "PATCH | | {\"description\": \"By bank transfer\", \"completed\": true}",
                "PUT | | {\"title\": \"Pay the rent \", \"description\": \"By bank transfer\", \"completed\": true}",
                "PATCH | /complete |",
            })
    void aChangeThatChangesNothingKeepsVersionTimeAndTag(String method, String path, String body) {
        EntityExchangeResult<byte[]> created = send(POST, tasks(), FULL, 201);
        String uri = uri(json(created)) + (path == null ? "" : path);
        EntityExchangeResult<byte[]> same = send(HttpMethod.valueOf(method), uri, body, 200);
        assertThat(json(same)).isEqualTo(json(created));
        assertThat(tag(same)).isEqualTo(tag(created));
        assertThat(getJson(uri(json(created)))).isEqualTo(json(created));
    }

    @Test
    void completingIsIdempotentAndReopeningTakesItBack() {
        JsonNode task = createTask("Rent");
        EntityExchangeResult<byte[]> completed = send(PATCH, uri(task) + "/complete", null, 200);
        JsonNode done = json(completed);
        assertThat(done.get("completed").asBoolean()).isTrue();
        assertThat(done.get("completed_at")).isEqualTo(done.get("updated_at"));
        assertThat(time(done, "completed_at")).isAfter(time(task, "created_at"));
        assertThat(done.get("version").asLong()).isEqualTo(2);
        assertThat(tag(completed)).isEqualTo("\"2\"");
        assertThat(json(send(PATCH, uri(task) + "/complete", null, 200))).isEqualTo(done);

        EntityExchangeResult<byte[]> reopened = send(PATCH, uri(task) + "/reopen", null, 200);
        assertThat(json(reopened).get("completed").asBoolean()).isFalse();
        assertThat(json(reopened).get("completed_at").isNull()).isTrue();
        assertThat(json(reopened).get("version").asLong()).isEqualTo(3);
        EntityExchangeResult<byte[]> again = send(PATCH, uri(task) + "/reopen", null, 200);
        assertThat(json(again)).isEqualTo(json(reopened));
        assertThat(tag(again)).isEqualTo(tag(reopened)).isEqualTo("\"3\"");
    }

    @ParameterizedTest
    @CsvSource({"PATCH,completed", "PATCH,title", "PUT,completed"})
    void completedInABodyIsAsGoodAsComplete(String method, String field) {
        JsonNode task = createTask("Rent");
        JsonNode done = json(send(HttpMethod.valueOf(method), uri(task), """
                {"title": "Rent", "completed": true}
                """, 200));
        assertThat(done.get("completed_at")).isEqualTo(done.get("updated_at"));
        assertThat(done.get("version").asLong()).isEqualTo(2);

        JsonNode renamed = json(send(PATCH, uri(task), "{\"title\": \"Gas\", \"completed\": true}", 200));
        assertThat(renamed.get("completed_at")).isEqualTo(done.get("completed_at"));
        assertThat(time(renamed, "updated_at")).isAfter(time(done, "updated_at"));

        JsonNode open = json(send(HttpMethod.valueOf(method), uri(task), """
                {"title": "Gas", "completed": false}
                """, 200));
        assertThat(open.get("completed_at").isNull()).isTrue();
    }

    @Test
    void updatedAtGrowsAndCreatedAtStays() {
        JsonNode task = createTask("Rent");
        JsonNode before = task;
        for (String change : new String[] {"", "/complete", "/reopen"}) {
            JsonNode after =
                    json(send(PATCH, uri(task) + change, change.isEmpty() ? "{\"title\": \"Gas\"}" : null, 200));
            assertThat(time(after, "updated_at")).isAfter(time(before, "updated_at"));
            assertThat(after.get("created_at")).isEqualTo(task.get("created_at"));
            assertThat(after.get("version").asLong())
                    .isEqualTo(before.get("version").asLong() + 1);
            before = after;
        }
    }

    @Test
    void aDeletedTaskIsGoneForGood() {
        JsonNode kept = createTask("Gas");
        String uri = uri(createTask("Rent"));
        assertThat(send(HttpMethod.DELETE, uri, null, 204).getResponseBodyContent())
                .isNullOrEmpty();
        for (HttpMethod method : new HttpMethod[] {HttpMethod.GET, HttpMethod.DELETE, PATCH, PUT}) {
            String body = method.equals(PATCH) || method.equals(PUT) ? "{\"title\": \"Back\"}" : null;
            assertNotFound(send(method, uri, body, 404));
        }
        assertNotFound(send(PATCH, uri + "/complete", null, 404));
        assertNotFound(send(PATCH, uri + "/reopen", null, 404));
        JsonNode items = getJson(tasks()).get("items");
        assertThat(items).hasSize(1);
        assertThat(items.get(0)).isEqualTo(kept);
    }

    private static String[] texts() {
        return new String[] {
            "👩‍👩‍👧‍👦 😀", "שלום עולם", "مرحبا \u202e reversed", "tab\tand\nbreak\r\n.",
                    "\"quoted\" 'and' \\back\\slashes\\",
            "</script><script>alert(1)</script>", "'; drop table tasks; --", ":title $1 %s {0}", "null",
                    "e\u0301 is not é",
            "\u0001\u001f\u007f\u0085.", "\uffff\ufffe.", "😀".repeat(200),
        };
    }

    @ParameterizedTest
    @MethodSource("texts")
    void anyTextComesBackAsItWent(String text) {
        String quoted = JsonNodeFactory.instance.stringNode(text).toString();
        String body = "{\"title\": %1$s, \"description\": %1$s}".formatted(quoted);
        JsonNode created = json(send(POST, tasks(), body, 201));
        JsonNode replaced = json(send(PUT, uri(createTask("Rent")), body, 200));
        for (JsonNode task : new JsonNode[] {created, replaced}) {
            assertThat(task.get("title").asString()).isEqualTo(text);
            assertThat(task.get("description").asString()).isEqualTo(text);
            assertThat(getJson(uri(task))).isEqualTo(task);
        }
    }

    @Test
    void aDescriptionIsKeptAsItIs() {
        JsonNode task = json(send(POST, tasks(), "{\"title\": \"Rent\", \"description\": \" \\n \"}", 201));
        assertThat(task.get("description").asString()).isEqualTo(" \n ");
        assertThat(json(send(PATCH, uri(task), "{\"description\": \"\"}", 200))
                        .get("description")
                        .asString())
                .isEmpty();
    }

    private static void assertNotFound(EntityExchangeResult<byte[]> answer) {
        assertThat(json(answer).get("code").asString()).isEqualTo("not-found");
    }

    private EntityExchangeResult<byte[]> send(HttpMethod method, String uri, @Nullable String body, int status) {
        return send(method, uri, method.equals(PATCH) ? MERGE_PATCH : MediaType.APPLICATION_JSON, body, status);
    }

    private EntityExchangeResult<byte[]> send(
            HttpMethod method, String uri, MediaType type, @Nullable String body, int status) {
        WebTestClient.RequestBodySpec request = http.method(method).uri(uri);
        if (body != null) {
            request.contentType(type).bodyValue(body);
        }
        return request.exchange().expectStatus().isEqualTo(status).expectBody().returnResult();
    }

    private String uri(JsonNode task) {
        return tasks() + "/" + task.get("id").asLong();
    }

    private static String location(EntityExchangeResult<byte[]> answer) {
        return Objects.requireNonNull(answer.getResponseHeaders().getFirst(HttpHeaders.LOCATION));
    }

    private static String tag(EntityExchangeResult<byte[]> answer) {
        return Objects.requireNonNull(answer.getResponseHeaders().getETag());
    }

    private static Instant time(JsonNode task, String field) {
        return Instant.parse(task.get(field).asString());
    }
}
