package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.database.SideDoor;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A request that is sent again with its key is carried out once, and answered as it was the first time. */
class IdempotencyTest extends ServerTest {
    private static final String RENT = "{\"title\": \"Rent\", \"description\": \"Überweisung 🏠\"}";

    @Autowired
    private BeanFactory beans;

    @Test
    void theFirstAnswerIsGivenAgainWhateverHasHappenedSince() {
        EntityExchangeResult<byte[]> first = created(post(http, tasks(), "rent", RENT));
        String task = String.valueOf(first.getResponseHeaders().getLocation());
        http.patch().uri(task + "/complete").exchange().expectStatus().isOk();

        assertReplayed(created(post(http, tasks(), "rent", RENT)), first);
        http.delete().uri(task).exchange().expectStatus().isNoContent();
        assertReplayed(created(post(http, tasks(), "rent", RENT)), first);

        assertThat(getJson(tasks()).path("items")).isEmpty();
    }

    @Test
    void aKeyChangesNothingInTheFirstAnswer() {
        EntityExchangeResult<byte[]> keyed = created(post(http, tasks(), "rent", RENT));
        EntityExchangeResult<byte[]> plain = created(
                http.post().uri(tasks()).contentType(MediaType.APPLICATION_JSON).bodyValue(RENT));

        assertThat(keyed.getResponseHeaders().headerNames())
                .isEqualTo(plain.getResponseHeaders().headerNames());
        assertThat(getJson(String.valueOf(keyed.getResponseHeaders().getLocation())))
                .isEqualTo(json(keyed));
    }

    @Test
    void everyKeyIsAnotherRequest() {
        String first =
                json(created(post(http, tasks(), "rent", RENT))).path("id").asString();
        assertThat(json(created(post(http, tasks(), "RENT", RENT))).path("id").asString())
                .isNotEqualTo(first);
        assertThat(getJson(tasks()).path("items")).hasSize(2);
    }

    @Test
    void anotherRequestWithTheKeyIsRefused() {
        created(post(http, tasks(), "rent", RENT));
        for (WebTestClient.RequestHeadersSpec<?> other : new WebTestClient.RequestHeadersSpec<?>[] {
            post(http, tasks(), "rent", "{\"title\": \"Gas\"}"),
            post(http, tasks(), "rent", RENT + " "),
            post(http, "/api/me/tasks", "rent", RENT)
        }) {
            assertThat(Refused.with(422, "idempotency-key-reused", other)
                            .headers()
                            .headerNames())
                    .doesNotContain(HttpHeaders.LOCATION, HttpHeaders.ETAG);
        }
        assertThat(getJson(tasks()).path("items")).hasSize(1);
    }

    @Test
    void keysOfOneUserMeanNothingToAnother() {
        WebTestClient bob = as("bob-" + user);
        EntityExchangeResult<byte[]> mine = created(post(http, "/api/me/tasks", "rent", RENT));
        EntityExchangeResult<byte[]> his = created(post(bob, "/api/me/tasks", "rent", "{\"title\": \"Gas\"}"));

        assertThat(json(his).path("user_id").asString()).isEqualTo("bob-" + user);
        assertReplayed(created(post(http, "/api/me/tasks", "rent", RENT)), mine);
        assertReplayed(created(post(bob, "/api/me/tasks", "rent", "{\"title\": \"Gas\"}")), his);
    }

    @Test
    void aRequestThatWasRefusedMayBeMended() {
        Refused.with(422, "invalid-content", post(http, tasks(), "rent", "{\"title\": \" \"}"));
        created(post(http, tasks(), "rent", RENT));
    }

    @Test
    void aRequestThatFailedHasNotUsedItsKey() throws SQLException {
        createTask("So that there is an account");
        sql("alter table tasks rename column title to titel");
        try {
            Refused failed = Refused.with(500, "internal-error", post(http, tasks(), "rent", RENT));
            assertThat(failed.headers().headerNames()).doesNotContain(HttpHeaders.LOCATION, HttpHeaders.ETAG);
        } finally {
            sql("alter table tasks rename column titel to title");
        }
        EntityExchangeResult<byte[]> first = created(post(http, tasks(), "rent", "{\"title\": \"Gas\"}"));
        assertReplayed(created(post(http, tasks(), "rent", "{\"title\": \"Gas\"}")), first);
    }

    @Test
    void anAnswerThatCannotBeKeptLeavesNoTask() throws SQLException {
        createTask("So that there is an account");
        sql("alter table idempotency_keys rename column body to corpse");
        try {
            Refused failed = Refused.with(500, "internal-error", post(http, tasks(), "rent", RENT));
            assertThat(failed.headers().headerNames()).doesNotContain(HttpHeaders.LOCATION, HttpHeaders.ETAG);
        } finally {
            sql("alter table idempotency_keys rename column corpse to body");
        }
        assertThat(getJson(tasks()).path("items")).hasSize(1);
    }

    @Test
    void aKeyThatHasExpiredIsAsGoodAsNew() throws SQLException {
        created(post(http, tasks(), "rent", RENT));
        sql("update idempotency_keys set expires_at = now() where user_id = '%s'".formatted(user));

        EntityExchangeResult<byte[]> second = created(post(http, tasks(), "rent", "{\"title\": \"Gas\"}"));
        assertThat(json(second).path("title").asString()).isEqualTo("Gas");
        assertReplayed(created(post(http, tasks(), "rent", "{\"title\": \"Gas\"}")), second);
        assertThat(getJson(tasks()).path("items")).hasSize(2);
    }

    @Test
    void aKeyIsGoodForADay() throws SQLException {
        EntityExchangeResult<byte[]> first = created(post(http, tasks(), "rent", RENT));
        sql("update idempotency_keys set expires_at = expires_at - interval '86340 s' where user_id = '%s'"
                .formatted(user));
        assertReplayed(created(post(http, tasks(), "rent", RENT)), first);
        sql("update idempotency_keys set expires_at = expires_at - interval '60 s' where user_id = '%s'"
                .formatted(user));
        assertThat(created(post(http, tasks(), "rent", RENT)).getResponseBody()).isNotEqualTo(first.getResponseBody());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"!", "~", "null", "NULL", "true", "1", "a,b", "\"5d6a1c1e\"", "[]", "{\"a\":1}", "%00", "';--"})
    void anyVisibleCharacterWillDo(String key) {
        EntityExchangeResult<byte[]> first = created(post(http, tasks(), key, RENT));
        assertReplayed(created(post(http, tasks(), key, RENT)), first);
    }

    @Test
    void aKeyMayHave255Characters() {
        created(post(http, tasks(), "x".repeat(255), RENT));
        Refused refused = Refused.with(400, "invalid-request", post(http, tasks(), "x".repeat(256), RENT));
        assertThat(refused.parameters()).containsExactly("Idempotency-Key");
        assertThat(refused.messages()).containsExactly("must have at most 255 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "'', must not be empty",
        "a b, 'must be given once, in visible ASCII characters, without spaces'",
        "a\tb, 'must be given once, in visible ASCII characters, without spaces'",
        "clé, 'must be given once, in visible ASCII characters, without spaces'",
        "a\u00a0, 'must be given once, in visible ASCII characters, without spaces'"
    })
    void aBadKeyIsRefused(String key, String message) throws IOException {
        try (RawHttp raw = sending(key)) {
            RawHttp.Answer answer = raw.checkedAnswer(port, HttpMethod.POST, "/api/me/tasks");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("\"parameter\":\"Idempotency-Key\"", "\"message\":\"" + message + "\"");
        }
        assertThat(getJson(tasks()).path("items")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0001", "a\u0000b", "a\u007f"})
    void aKeyWithAControlCharacterIsNoHttp(String key) throws IOException {
        try (RawHttp raw = sending(key)) {
            RawHttp.Answer answer = raw.answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body())
                    .contains("\"code\":\"invalid-request\"", "The request is not well-formed HTTP/1.1.");
        }
        assertThat(getJson(tasks()).path("items")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a, b", "a, a", "a, ''", "'', a", "'', ''"})
    void twoKeysAreRefused(String one, String other) {
        Refused refused = Refused.with(
                400, "invalid-request", post(http, tasks(), one, RENT).header("Idempotency-Key", other));
        assertThat(refused.parameters()).containsExactly("Idempotency-Key");
        assertThat(getJson(tasks()).path("items")).isEmpty();
    }

    private static void assertReplayed(EntityExchangeResult<byte[]> again, EntityExchangeResult<byte[]> first) {
        assertThat(again.getResponseBody()).isEqualTo(first.getResponseBody());
        for (String header : new String[] {
            HttpHeaders.CONTENT_TYPE, HttpHeaders.CONTENT_LENGTH, HttpHeaders.ETAG, HttpHeaders.LOCATION
        }) {
            assertThat(again.getResponseHeaders().get(header))
                    .isNotEmpty()
                    .isEqualTo(first.getResponseHeaders().get(header));
        }
        assertThat(first.getResponseHeaders().get("Idempotency-Replayed")).isNull();
        assertThat(again.getResponseHeaders().get("Idempotency-Replayed")).containsExactly("true");
    }

    private static EntityExchangeResult<byte[]> created(WebTestClient.RequestHeadersSpec<?> request) {
        return request.exchange().expectStatus().isCreated().expectBody().returnResult();
    }

    private WebTestClient.RequestHeadersSpec<?> post(WebTestClient client, String path, String key, String body) {
        return client.post()
                .uri(URI.create("http://localhost:" + port + path))
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body);
    }

    private RawHttp sending(String key) throws IOException {
        return new RawHttp(port)
                .send(
                        "POST /api/me/tasks HTTP/1.1",
                        "Host: localhost",
                        "Authorization: Bearer " + token(user),
                        "Content-Type: application/json",
                        "Idempotency-Key: " + key,
                        "Content-Length: 14",
                        "",
                        "{\"title\": \"x\"}");
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = SideDoor.open(beans)) {
            connection.createStatement().execute(statement);
        }
    }
}
