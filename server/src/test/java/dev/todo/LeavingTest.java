package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.database.SideDoor;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** What is kept on a user is theirs: to take along, and to have deleted. */
class LeavingTest extends AccountTest {
    private static final List<String> TABLES = List.of("accounts", "sessions", "refresh_tokens", "tasks");

    @Autowired
    private BeanFactory beans;

    @Test
    void exportsEverythingAndNothingOfOthers() throws SQLException {
        JsonNode alice = register(newEmail());
        fill(userId(alice), 450);
        fill(user, 3);

        JsonNode export = getJson(with(alice), "/api/auth/me/export");

        assertThat(export.path("account")).isEqualTo(getJson(with(alice), "/api/auth/me"));
        assertThat(export.path("sessions"))
                .isEqualTo(getJson(with(alice), "/api/auth/sessions").path("items"));
        assertThat(export.path("tasks")
                        .valueStream()
                        .map(task -> task.path("title").asString()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 450).mapToObj(i -> "Task " + i).toList());
        assertThat(export.path("tasks").valueStream())
                .allMatch(task -> task.path("user_id").asString().equals(userId(alice)));
    }

    @Test
    void browsersKeepAnExportAsAFile() {
        http.get()
                .uri("/api/auth/me/export")
                .exchange()
                .expectHeader()
                .valueEquals("Content-Disposition", "attachment; filename=\"todo-export.json\"");
    }

    @Test
    void aUserOfAnotherIssuerExportsAndDeletes() throws SQLException {
        createTask("Mine");
        String neighbour = "neighbour-of-" + user;
        fill(neighbour, 1);
        JsonNode export = getJson("/api/auth/me/export");
        assertThat(export.path("account").path("id").asString()).isEqualTo(user);
        assertThat(export.path("tasks")).hasSize(1);

        Refused.by(422, "invalid-content", post(http, "/api/auth/me/delete", "{\"password\": \"x\"}"));
        post(http, "/api/auth/me/delete", "{}").expectStatus().isNoContent();

        assertThat(rows(user)).containsOnly(0L);
        Refused.with(401, "unauthenticated", http.get().uri("/api/me/tasks"));
        assertThat(getJson(as(user), "/api/me/tasks").path("items")).isEmpty();
        assertThat(getJson(as(neighbour), "/api/me/tasks").path("items")).hasSize(1);
    }

    @Test
    void noRequestUnderWayBringsAUserOfAnotherIssuerBack() throws IOException, SQLException {
        String token = token(user);
        giveAccount(user);
        try (HeldRequest task = HeldRequest.post(port, token, "/api/me/tasks", "{\"title\": \"Late\"}");
                HeldRequest change =
                        HeldRequest.begin(port, token, HttpMethod.PATCH, "/api/auth/me", "{\"name\": \"Late\"}")) {
            post(bearing(token), "/api/auth/me/delete", "{}").expectStatus().isNoContent();

            assertThat(task.finish().status()).isEqualTo(401);
            assertThat(change.finish().status()).isEqualTo(401);
        }
        assertThat(rows(user)).containsOnly(0L);
    }

    @Test
    void deletesEverythingAtOnce() throws SQLException {
        String email = newEmail();
        JsonNode alice = register(email);
        JsonNode other = loggedIn(email, PASSWORD);
        fill(userId(alice), 20);

        for (String wrong : List.of("{}", "{\"password\": \"not the password\"}")) {
            Refused refused = Refused.by(422, "invalid-content", post(with(alice), "/api/auth/me/delete", wrong));
            assertThat(refused.pointers()).containsExactly("/password");
        }
        assertThat(rows(userId(alice))).containsExactly(1L, 2L, 2L, 20L);
        post(with(alice), "/api/auth/me/delete", "{\"password\": \"" + PASSWORD + "\"}")
                .expectStatus()
                .isNoContent();

        assertThat(rows(userId(alice))).containsOnly(0L);
        Refused.with(401, "unauthenticated", with(alice).get().uri("/api/me/tasks"));
        Refused.with(401, "unauthenticated", with(other).get().uri("/api/me/tasks"));
        Refused.by(401, "invalid-refresh-token", refresh(other));
        Refused.by(401, "wrong-credentials", logIn(email, PASSWORD));
        register(email);
    }

    /** But for the hash of the token, which says nothing of whose it was, and goes when it would have expired. */
    @Test
    void nothingOutlivesAnAccountThatIsLeftEverywhere() throws SQLException {
        String email = newEmail();
        JsonNode alice = register(email);
        post(with(alice), "/api/auth/logout-all").expectStatus().isNoContent();
        post(with(loggedIn(email, PASSWORD)), "/api/auth/me/delete", "{\"password\": \"" + PASSWORD + "\"}")
                .expectStatus()
                .isNoContent();

        assertThat(rows(userId(alice))).containsOnly(0L);
        try (Connection connection = SideDoor.open(beans);
                var query = connection.prepareStatement("select count(*) from revocations where id like ?")) {
            query.setString(1, "%" + userId(alice) + "%");
            var found = query.executeQuery();
            found.next();
            assertThat(found.getLong(1)).isZero();
        }
    }

    private void fill(String userId, int tasks) throws SQLException {
        try (Connection connection = SideDoor.open(beans);
                var insert = connection.prepareStatement("""
                        with owner as (insert into accounts (user_id) values (?) on conflict do nothing)
                        insert into tasks (user_id, title) select ?, 'Task ' || i from generate_series(1, ?) i
                        """)) {
            insert.setString(1, userId);
            insert.setString(2, userId);
            insert.setInt(3, tasks);
            assertThat(insert.executeUpdate()).isEqualTo(tasks);
        }
    }

    private List<Long> rows(String userId) throws SQLException {
        try (Connection connection = SideDoor.open(beans)) {
            return TABLES.stream()
                    .map(table -> count(connection, table, userId))
                    .toList();
        }
    }

    private static long count(Connection connection, String table, String userId) {
        try (var query = connection.prepareStatement("select count(*) from " + table + " where user_id = ?")) {
            query.setString(1, userId);
            var rows = query.executeQuery();
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
