package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.todo.auth.TestToken;
import dev.todo.database.SideDoor;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Sessions from the first token to the last: what ends one makes its tokens useless at once. */
class SessionsTest extends AccountTest {
    @Autowired
    private BeanFactory beans;

    private final ListAppender<ILoggingEvent> securityLog = new ListAppender<>();
    private final Logger security = (Logger) LoggerFactory.getLogger("security");
    private String email;
    private JsonNode alice;

    @BeforeEach
    void aliceRegisters() {
        email = newEmail();
        alice = register(email);
        securityLog.start();
        security.addAppender(securityLog);
    }

    @AfterEach
    void stopListening() {
        security.detachAppender(securityLog);
    }

    @Test
    void refreshingGoesOnWithTheSession() {
        JsonNode next = refreshed(alice);

        assertThat(next.path("user")).isEqualTo(alice.path("user"));
        assertThat(next.path("refresh_token")).isNotEqualTo(alice.path("refresh_token"));
        assertThat(next.path("access_token")).isNotEqualTo(alice.path("access_token"));
        assertThat(sessions(next)).hasSize(1);
        isSignedIn(alice);
        isSignedIn(next);
    }

    @Test
    void aSpentTokenThatComesBackEndsTheSession() throws SQLException {
        JsonNode next = refreshed(alice);
        execute("update refresh_tokens set used_at = used_at - interval '11 seconds' where used_at is not null");

        Refused.by(401, "invalid-refresh-token", refresh(alice));

        isSignedOut(alice);
        isSignedOut(next);
        Refused.by(401, "invalid-refresh-token", refresh(next));
        assertThat(securityLog.list)
                .singleElement()
                .asString()
                .contains("A spent refresh token has come back", userId(alice))
                .doesNotContain(alice.path("refresh_token").asString());
        loggedIn(email, PASSWORD);
    }

    @Test
    void anHonestClientMayRefreshTwiceAtOnce() {
        var clients = Executors.newFixedThreadPool(6);
        try {
            List<JsonNode> answers = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> refreshed(alice), clients))
                    .limit(6)
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            assertThat(answers)
                    .extracting(answer -> answer.path("refresh_token").asString())
                    .doesNotHaveDuplicates();
            answers.forEach(this::isSignedIn);
            answers.forEach(this::refreshed);
        } finally {
            clients.shutdown();
        }
    }

    @Test
    void anUnknownOrExpiredRefreshTokenIsRefused() throws SQLException {
        Refused.by(401, "invalid-refresh-token", post(anyone, "/api/auth/refresh", "{\"refresh_token\": \"unknown\"}"));
        execute("update sessions set expires_at = now() - interval '1 second' where user_id = '%s'"
                .formatted(userId(alice)));
        Refused.by(401, "invalid-refresh-token", refresh(alice));
    }

    @Test
    void loggingOutEndsTheSession() {
        JsonNode other = loggedIn(email, PASSWORD);
        JsonNode refreshed = refreshed(alice);

        post(with(alice), "/api/auth/logout").expectStatus().isNoContent();

        isSignedOut(alice);
        isSignedOut(refreshed);
        Refused.by(401, "invalid-refresh-token", refresh(refreshed));
        isSignedIn(other);
    }

    @Test
    void loggingOutEverywhereEndsEverySession() {
        JsonNode other = loggedIn(email, PASSWORD);

        post(with(alice), "/api/auth/logout-all").expectStatus().isNoContent();

        isSignedOut(alice);
        isSignedOut(other);
        isSignedIn(loggedIn(email, PASSWORD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/auth/logout", "/api/auth/logout-all"})
    void noRequestUnderWayOutlivesALogout(String logout) throws IOException {
        WebTestClient client = with(alice);
        String token = alice.path("access_token").asString();
        String password = "{\"current_password\": \"%s\", \"new_password\": \"another horse\"}".formatted(PASSWORD);
        try (HeldRequest task = HeldRequest.post(port, token, "/api/me/tasks", "{\"title\": \"Late\"}");
                HeldRequest change = HeldRequest.post(port, token, "/api/auth/me/password", password)) {
            post(client, logout).expectStatus().isNoContent();

            assertThat(task.finish().status()).isEqualTo(401);
            assertThat(change.finish().status()).isEqualTo(401);
        }
        assertThat(getJson(with(loggedIn(email, PASSWORD)), "/api/me/tasks").path("items"))
                .isEmpty();
    }

    @Test
    void theTokenOfAnotherIssuerCanBeRevoked() {
        WebTestClient first = as(user);
        WebTestClient second = as(user);

        post(first, "/api/auth/logout").expectStatus().isNoContent();

        isRefused(first);
        second.get().uri("/api/auth/me").exchange().expectStatus().isOk();
        post(second, "/api/auth/logout-all").expectStatus().isNoContent();
        isRefused(second);
        as("somebody else").get().uri("/api/auth/me").exchange().expectStatus().isOk();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-4e16, -9e18, -1e300})
    void aTokenFromBeforeAllTimeCanBeRevoked(double issuedAt) {
        WebTestClient ancient = bearing(
                TestToken.of(user, InstantSource.system()).with("iat", issuedAt).signedWith(SECRET));
        WebTestClient recent =
                bearing(TestToken.of(user, InstantSource.system()).signedWith(SECRET));

        post(ancient, "/api/auth/logout-all").expectStatus().isNoContent();

        isRefused(ancient);
        isRefused(recent);
    }

    @Test
    void listsSessionsAndEndsOne() {
        JsonNode other = loggedIn(email, PASSWORD);
        JsonNode listed = sessions(alice);
        assertThat(listed).hasSize(2);
        JsonNode others = listed.get(0);
        assertThat(others.path("current").asBoolean()).isFalse();
        assertThat(others.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(others.path("user_agent").asString()).startsWith("ReactorNetty/");
        assertThat(listed.get(1).path("current").asBoolean()).isTrue();

        String path = "/api/auth/sessions/" + others.path("id").asString();
        Refused.with(404, "not-found", with(register(newEmail())).delete().uri(path));
        with(alice).delete().uri(path).exchange().expectStatus().isNoContent();

        Refused.with(404, "not-found", with(alice).delete().uri(path));
        isSignedOut(other);
        assertThat(sessions(alice)).hasSize(1);
    }

    @Test
    void theSessionUnusedForLongestEndsWhenThereAreTooMany() throws SQLException {
        execute("""
                insert into sessions (user_id, id, created_at, last_used_at, expires_at)
                select '%1$s', 'x' || i, now(), now() - interval '1 minute', now() + interval '1 day'
                from generate_series(1, 99) i""".formatted(userId(alice)));
        execute("update sessions set last_used_at = now() - interval '1 hour' where user_id = '%s' and id !~ '^x'"
                .formatted(userId(alice)));

        JsonNode next = loggedIn(email, PASSWORD);

        assertThat(sessions(next)).hasSize(100);
        isSignedOut(alice);
    }

    @Test
    void changingThePasswordEndsTheOtherSessions() {
        JsonNode other = loggedIn(email, PASSWORD);
        String body = "{\"current_password\": \"%s\", \"new_password\": \"another horse\"}";

        Refused wrong = Refused.by(
                422, "invalid-content", post(with(alice), "/api/auth/me/password", body.formatted("no idea")));
        assertThat(wrong.pointers()).containsExactly("/current_password");
        isSignedIn(other);
        post(with(alice), "/api/auth/me/password", body.formatted(PASSWORD))
                .expectStatus()
                .isNoContent();

        isSignedIn(alice);
        isSignedOut(other);
        Refused.by(401, "wrong-credentials", logIn(email, PASSWORD));
        loggedIn(email, "another horse");
    }

    @Test
    void aUserOfAnotherIssuerHasNoPasswordToChange() {
        String body = "{\"current_password\": \"x\", \"new_password\": \"another horse\"}";
        Refused.by(422, "invalid-content", post(http, "/api/auth/me/password", body));
    }

    private void isSignedIn(JsonNode signedIn) {
        getJson(with(signedIn), "/api/me/tasks");
    }

    private void isSignedOut(JsonNode signedIn) {
        isRefused(with(signedIn));
    }

    private static void isRefused(WebTestClient client) {
        Refused refused = Refused.with(401, "unauthenticated", client.get().uri("/api/me/tasks"));
        assertThat(refused.detail()).isEqualTo("The session of the token has ended. Sign in again.");
    }

    private static JsonNode sessions(WebTestClient client) {
        return getJson(client, "/api/auth/sessions").path("items");
    }

    private JsonNode sessions(JsonNode signedIn) {
        return sessions(with(signedIn));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = SideDoor.open(beans);
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }
}
