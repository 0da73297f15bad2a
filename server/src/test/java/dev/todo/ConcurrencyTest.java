package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Many change one task at once, with and without saying which version they have seen. */
class ConcurrencyTest extends ServerTest {
    @Test
    void ofManyChangesToOneVersionExactlyOneWins() {
        String uri = uri(createTask("Rent"));
        List<EntityExchangeResult<byte[]>> answers =
                AtOnce.run(40, i -> patch(uri, "\"1\"", "{\"title\": \"Number %d\"}".formatted(i)));
        List<EntityExchangeResult<byte[]>> winners = withStatus(answers, 200);
        assertThat(winners).hasSize(1);
        assertThat(withStatus(answers, 412))
                .hasSize(39)
                .allSatisfy(lost -> assertThat(code(lost)).isEqualTo("precondition-failed"));
        assertThat(getJson(uri)).isEqualTo(json(winners.get(0)));
        assertThat(getJson(uri).get("version").asLong()).isEqualTo(2);
    }

    @Test
    void changesOfDifferentFieldsAreNeverLost() {
        for (int round = 0; round < 10; round++) {
            String uri = uri(createTask("Rent"));
            List<String> bodies =
                    List.of("{\"title\": \"Gas\"}", "{\"description\": \"In cash\"}", "{\"completed\": true}");
            List<EntityExchangeResult<byte[]>> answers = AtOnce.run(3, i -> patch(uri, null, bodies.get(i)));
            assertThat(withStatus(answers, 200)).hasSize(3);
            JsonNode task = getJson(uri);
            assertThat(task.get("title").asString()).isEqualTo("Gas");
            assertThat(task.get("description").asString()).isEqualTo("In cash");
            assertThat(task.get("completed").asBoolean()).isTrue();
            assertThat(task.get("version").asLong()).isEqualTo(4);
        }
    }

    @Test
    void manyChangesWithoutIfMatchAllHappenOneAfterTheOther() {
        String uri = uri(createTask("Rent"));
        List<EntityExchangeResult<byte[]>> answers =
                AtOnce.run(30, i -> patch(uri, null, "{\"title\": \"Number %d\"}".formatted(i)));
        assertThat(withStatus(answers, 200)).hasSize(30);
        Set<Long> versions = Set.copyOf(answers.stream()
                .map(answer -> json(answer).get("version").asLong())
                .toList());
        assertThat(versions).hasSize(30).allMatch(version -> version >= 2 && version <= 31);
    }

    @Test
    void completingManyTimesAtOnceIsOneChange() {
        String uri = uri(createTask("Rent"));
        List<EntityExchangeResult<byte[]>> answers =
                AtOnce.run(50, i -> send(HttpMethod.PATCH, uri + "/complete", null));
        JsonNode task = getJson(uri);
        assertThat(task.get("version").asLong()).isEqualTo(2);
        assertThat(withStatus(answers, 200))
                .hasSize(50)
                .allSatisfy(answer -> assertThat(json(answer)).isEqualTo(task));
    }

    @Test
    void ofManyDeletesOneFindsTheTask() {
        String uri = uri(createTask("Rent"));
        List<EntityExchangeResult<byte[]>> answers = AtOnce.run(30, i -> send(HttpMethod.DELETE, uri, null));
        assertThat(withStatus(answers, 204)).hasSize(1);
        assertThat(withStatus(answers, 404))
                .hasSize(29)
                .allSatisfy(lost -> assertThat(code(lost)).isEqualTo("not-found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "\"1\"", "\"7\", \"1\"", "\"1\",\"7\"", "W/\"9\" ,\t\"1\"", "\"x\", \"\", \"1\""})
    void ifMatchLetsTheRightVersionPass(String ifMatch) {
        String uri = uri(createTask("Rent"));
        EntityExchangeResult<byte[]> answer = patch(uri, ifMatch, "{\"title\": \"Gas\"}");
        assertThat(answer.getStatus().value()).isEqualTo(200);
        assertThat(answer.getResponseHeaders().getETag()).isEqualTo("\"2\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "\"0\"", "\"01\"", "\"7\", \"8\"", "W/\"1\"", "\"\"", "\"*\"", "\"x,1\""})
    void ifMatchKeepsEveryChangeAwayFromAnotherVersion(String ifMatch) {
        JsonNode task = createTask("Rent");
        String uri = uri(task);
        List<EntityExchangeResult<byte[]>> answers = List.of(
                patch(uri, ifMatch, "{\"title\": \"Gas\"}"),
                patch(uri, ifMatch, "{}"),
                request(HttpMethod.PUT, uri, ifMatch, MediaType.APPLICATION_JSON, "{\"title\": \"Gas\"}"),
                send(HttpMethod.PATCH, uri + "/complete", ifMatch),
                send(HttpMethod.PATCH, uri + "/reopen", ifMatch),
                send(HttpMethod.DELETE, uri, ifMatch));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.getStatus().value()).isEqualTo(412);
            assertThat(code(answer)).isEqualTo("precondition-failed");
        });
        assertThat(getJson(uri)).isEqualTo(task);
    }

    @ParameterizedTest
    @CsvSource({"*", "'\"1\"'"})
    void aTaskThatIsNotThereIsNotFoundWhateverIfMatchSays(String ifMatch) {
        String uri = uri(createTask("Rent"));
        assertThat(send(HttpMethod.DELETE, uri, ifMatch).getStatus().value()).isEqualTo(204);
        EntityExchangeResult<byte[]> gone = patch(uri, ifMatch, "{\"title\": \"Gas\"}");
        assertThat(gone.getStatus().value()).isEqualTo(404);
        assertThat(code(gone)).isEqualTo("not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "*", "W/\"1\"", "\"7\", \"1\""})
    void whatIsStillTheSameIsNotSentAgain(String ifNoneMatch) {
        String uri = uri(createTask("Rent"));
        EntityExchangeResult<byte[]> same = get(uri, ifNoneMatch);
        assertThat(same.getStatus().value()).isEqualTo(304);
        assertThat(same.getResponseHeaders().getETag()).isEqualTo("\"1\"");
        assertThat(same.getResponseBodyContent()).isNullOrEmpty();
    }

    @Test
    void whatHasChangedIsSentAgain() {
        String uri = uri(createTask("Rent"));
        EntityExchangeResult<byte[]> changed = patch(uri, "\"1\"", "{\"title\": \"Gas\"}");
        EntityExchangeResult<byte[]> fresh = get(uri, "\"1\"");
        assertThat(fresh.getStatus().value()).isEqualTo(200);
        assertThat(fresh.getResponseHeaders().getETag()).isEqualTo("\"2\"");
        assertThat(json(fresh)).isEqualTo(json(changed));
    }

    private EntityExchangeResult<byte[]> get(String uri, String ifNoneMatch) {
        return http.get()
                .uri(uri)
                .header(HttpHeaders.IF_NONE_MATCH, ifNoneMatch)
                .exchange()
                .expectBody()
                .returnResult();
    }

    private EntityExchangeResult<byte[]> patch(String uri, @Nullable String ifMatch, String body) {
        return request(HttpMethod.PATCH, uri, ifMatch, MediaType.valueOf("application/merge-patch+json"), body);
    }

    private EntityExchangeResult<byte[]> send(HttpMethod method, String uri, @Nullable String ifMatch) {
        return request(method, uri, ifMatch, MediaType.APPLICATION_JSON, null);
    }

    private EntityExchangeResult<byte[]> request(
            HttpMethod method, String uri, @Nullable String ifMatch, MediaType type, @Nullable String body) {
        WebTestClient.RequestBodySpec request = http.method(method).uri(uri);
        if (ifMatch != null) {
            request.header(HttpHeaders.IF_MATCH, ifMatch);
        }
        if (body != null) {
            request.contentType(type).bodyValue(body);
        }
        return request.exchange().expectBody().returnResult();
    }

    private static List<EntityExchangeResult<byte[]>> withStatus(
            List<EntityExchangeResult<byte[]>> answers, int status) {
        return answers.stream()
                .filter(answer -> answer.getStatus().value() == status)
                .toList();
    }

    private static String code(EntityExchangeResult<byte[]> answer) {
        return json(answer).get("code").asString();
    }

    private String uri(JsonNode task) {
        return tasks() + "/" + task.get("id").asLong();
    }
}
