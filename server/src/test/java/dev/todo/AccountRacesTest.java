package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.todo.database.SideDoor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** What happens to an account at once has one outcome, and it is the safe one. */
class AccountRacesTest extends AccountTest {
    private static final int TIMES = 5;

    @Autowired
    private BeanFactory beans;

    private final ExecutorService clients = Executors.newFixedThreadPool(6);

    @AfterEach
    void stop() {
        clients.shutdownNow();
    }

    @RepeatedTest(TIMES)
    void noLoginWithTheOldPasswordOutlivesItsChange() {
        String email = newEmail();
        JsonNode alice = register(email);
        String change = "{\"current_password\": \"%s\", \"new_password\": \"another horse\"}".formatted(PASSWORD);

        List<CompletableFuture<JsonNode>> logins = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> json(logIn(email, PASSWORD).expectBody().returnResult()), clients))
                .limit(4)
                .toList();
        post(with(alice), "/api/auth/me/password", change).expectStatus().isNoContent();

        logins.stream()
                .map(CompletableFuture::join)
                .filter(login -> login.has("access_token"))
                .forEach(login ->
                        Refused.with(401, "unauthenticated", with(login).get().uri("/api/me/tasks")));
    }

    @RepeatedTest(TIMES)
    void noRefreshOutlivesALogout() {
        JsonNode alice = register(newEmail());
        List<CompletableFuture<JsonNode>> refreshes = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> json(refresh(alice).expectBody().returnResult()), clients))
                .limit(4)
                .toList();
        assertThat(status(post(with(alice), "/api/auth/logout"))).isEqualTo(204);

        refreshes.stream().map(CompletableFuture::join).forEach(answer -> {
            assertThat(answer.path("status").asInt(401)).isEqualTo(401);
            if (answer.has("access_token")) {
                Refused.with(401, "unauthenticated", with(answer).get().uri("/api/me/tasks"));
                Refused.by(401, "invalid-refresh-token", refresh(answer));
            }
        });
    }

    /** Some lock the account by what refers to it, some by itself, some a task before: none waits crosswise. */
    @RepeatedTest(3 * TIMES)
    void theAccountIsDeletedWhateverIsWrittenMeanwhile() {
        JsonNode account = register(newEmail());
        WebTestClient alice = with(account);
        String weekly = "{\"title\": \"t\", \"due_date\": \"2990-01-01\", \"recurrence\": \"FREQ=WEEKLY\"}";
        List<String> ids = Stream.generate(() -> json(post(alice, "/api/me/tasks", weekly)
                                .expectBody()
                                .returnResult())
                        .path("id")
                        .asString())
                .limit(4)
                .toList();
        String deleted = ids.get(0);
        alice.delete().uri("/api/me/tasks/" + deleted).exchange().expectStatus().isNoContent();

        List<CompletableFuture<Integer>> writes = Stream.<IntSupplier>of(
                        () -> status(keyed(alice, "/api/me/trash/" + deleted + "/restore", "")),
                        () -> status(
                                keyed(alice, "/api/me/tasks/bulk/complete", "{\"ids\": [%s]}".formatted(ids.get(1)))),
                        () -> status(keyed(alice, "/api/me/tasks", weekly)),
                        () -> status(alice.delete()
                                .uri("/api/me/tasks/" + ids.get(2))
                                .exchange()),
                        () -> status(post(alice, "/api/me/tasks/bulk/delete", "{\"ids\": [%s]}".formatted(ids.get(3)))))
                .map(write -> CompletableFuture.supplyAsync(write::getAsInt, clients))
                .toList();
        post(alice, "/api/auth/me/delete", "{\"password\": \"%s\"}".formatted(PASSWORD))
                .expectStatus()
                .isNoContent();
        assertThat(writes).extracting(CompletableFuture::join).isSubsetOf(200, 201, 204, 401, 404);
    }

    private static WebTestClient.ResponseSpec keyed(WebTestClient client, String uri, String body) {
        var request = client.post()
                .uri(uri)
                .header("Idempotency-Key", UUID.randomUUID().toString());
        return body.isEmpty()
                ? request.exchange()
                : request.contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body)
                        .exchange();
    }

    @RepeatedTest(TIMES)
    void aDeletedAccountDoesNotComeBack() throws SQLException {
        JsonNode alice = register(newEmail());
        WebTestClient client = with(alice);
        IntSupplier write = () -> status(post(client, "/api/me/tasks", "{\"title\": \"Late\"}"));
        IntSupplier change = () -> status(patch(client, "/api/auth/me", "{\"name\": \"Late\"}"));
        List<CompletableFuture<Integer>> writes = Stream.of(write, change, write, change)
                .map(request -> CompletableFuture.supplyAsync(request::getAsInt, clients))
                .toList();

        post(client, "/api/auth/me/delete", "{\"password\": \"" + PASSWORD + "\"}")
                .expectStatus()
                .isNoContent();

        assertThat(writes)
                .extracting(CompletableFuture::join)
                .containsAnyOf(200, 201, 401)
                .doesNotContain(500);
        assertThat(rows("accounts", alice) + rows("sessions", alice) + rows("tasks", alice))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    POST  | /api/me/tasks         | {"title": "Late"}
                    PATCH | /api/auth/me          | {"name": "Late"}
                    POST  | /api/auth/me/password | {"current_password": "%s", "new_password": "another horse"}
                    POST  | /api/auth/me/delete   | {"password": "%s"}
                    """)
    void whatComesTooLateForTheDatabaseIsRefused(HttpMethod method, String path, String body) throws SQLException {
        JsonNode alice = register(newEmail());
        WebTestClient.RequestHeadersSpec<?> request = with(alice)
                .method(method)
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body.replace("%s", PASSWORD));

        meanwhile(
                () -> Refused.with(401, "unauthenticated", request),
                "delete from accounts where user_id = ?",
                userId(alice));
        assertThat(rows("accounts", alice) + rows("tasks", alice)).isZero();
    }

    @Test
    void noAccountIsDeletedWithThePasswordBefore() throws SQLException {
        JsonNode alice = register(newEmail());
        String body = "{\"password\": \"" + PASSWORD + "\"}";

        meanwhile(
                () -> Refused.by(422, "invalid-content", post(with(alice), "/api/auth/me/delete", body)),
                "update accounts set password_hash = 'another' where user_id = ?",
                userId(alice));
        assertThat(rows("accounts", alice)).isEqualTo(1);
    }

    /** The database knows it before any server does. */
    @Test
    void whoHasLeftIsNotBroughtBackByWhatComesTooLate() throws SQLException {
        String token = token(user);
        giveAccount(user);

        meanwhile(
                () -> Refused.by(
                        401, "unauthenticated", post(bearing(token), "/api/me/tasks", "{\"title\": \"Late\"}")),
                """
                with gone as (delete from accounts where user_id = ?)
                insert into revocations (id, issued_until, expires_at)
                values (encode(sha256(convert_to(?, 'UTF8')), 'hex'), now(), now() + interval '1 hour')
                """,
                user,
                token.substring(0, token.lastIndexOf('.')));
        assertThat(rows("accounts", user) + rows("tasks", user)).isZero();
    }

    /** Sends the request when the statement is done, and commits that when the request waits for the outcome. */
    private void meanwhile(Runnable request, String sql, String... values) throws SQLException {
        try (Connection connection = SideDoor.open(beans);
                Connection watch = SideDoor.open(beans)) {
            connection.setAutoCommit(false);
            try (var statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setString(i + 1, values[i]);
                }
                assertThat(statement.executeUpdate()).isEqualTo(1);
            }
            var late = CompletableFuture.runAsync(request, clients);
            await().until(() -> waitingForALock(watch), waiting -> waiting == 1);
            connection.commit();
            late.join();
        }
    }

    private static int waitingForALock(Connection connection) throws SQLException {
        try (var query = connection.createStatement();
                var rows = query.executeQuery("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and wait_event_type = 'Lock'
                        """)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @RepeatedTest(TIMES)
    void changesOfDifferentFieldsAreBothKept() {
        WebTestClient client = with(register(newEmail()));
        List<CompletableFuture<Integer>> changes = Stream.of("{\"name\": \"A.\"}", "{\"time_zone\": \"Asia/Tokyo\"}")
                .map(body -> CompletableFuture.supplyAsync(() -> status(patch(client, "/api/auth/me", body)), clients))
                .toList();
        assertThat(changes).extracting(CompletableFuture::join).containsOnly(200);
        JsonNode account = getJson(client, "/api/auth/me");
        assertThat(account.path("name").asString()).isEqualTo("A.");
        assertThat(account.path("time_zone").asString()).isEqualTo("Asia/Tokyo");
    }

    private static int status(WebTestClient.ResponseSpec response) {
        return response.expectBody().returnResult().getStatus().value();
    }

    private int rows(String table, JsonNode signedIn) throws SQLException {
        return rows(table, userId(signedIn));
    }

    private int rows(String table, String userId) throws SQLException {
        try (Connection connection = SideDoor.open(beans);
                var query = connection.prepareStatement("select count(*) from " + table + " where user_id = ?")) {
            query.setString(1, userId);
            var rows = query.executeQuery();
            rows.next();
            return rows.getInt(1);
        }
    }
}
