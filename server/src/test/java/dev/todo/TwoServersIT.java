package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.todo.database.SideDoor.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two servers on one database: who logs out on one is out on the other. */
class TwoServersIT {
    private static final String SECRET = "0123456789-0123456789-0123456789";
    private static final String ACCOUNT =
            "{\"email\": \"alice@example.com\", \"password\": \"correct horse battery staple\"}";

    @TempDir
    Path folder;

    @Test
    void whatIsRevokedOnOneIsRefusedOnTheOther() throws Exception {
        try (Postgres postgres = Postgres.start(Files.createDirectory(folder.resolve("postgres")))) {
            Map<String, String> settings = Map.of("DATABASE_URL", postgres.url(), "BETTER_AUTH_SECRET", SECRET);
            try (TodoProcess a = TodoProcess.start(folder, settings);
                    TodoProcess b = TodoProcess.start(folder, settings)) {
                String first = accessToken(a, "/api/auth/register");
                String second = accessToken(b, "/api/auth/login");
                assertThat(status(b, first)).isEqualTo(200);
                assertThat(status(a, second)).isEqualTo(200);

                logOut(a, first);
                await().atMost(Duration.ofSeconds(1)).until(() -> status(b, first) == 401);
                assertThat(status(b, second)).isEqualTo(200);

                assertThat(terminateListeners(postgres)).isEqualTo(2);
                logOut(a, second);
                await().atMost(Duration.ofSeconds(5)).until(() -> status(b, second) == 401);

                await().until(() -> listeners(postgres) == 2);
                String third = accessToken(b, "/api/auth/login");
                logOut(b, third);
                await().atMost(Duration.ofSeconds(1)).until(() -> status(a, third) == 401);
            }
        }
    }

    private static String accessToken(TodoProcess server, String path) throws Exception {
        JsonNode signedIn =
                JsonMapper.shared().readTree(server.post(path, null, ACCOUNT).body());
        return signedIn.path("access_token").asString();
    }

    private static void logOut(TodoProcess server, String token) throws Exception {
        assertThat(server.post("/api/auth/logout", token, "").statusCode()).isEqualTo(204);
    }

    private static int status(TodoProcess server, String token) throws Exception {
        return server.get("/api/me/tasks", token).statusCode();
    }

    private static int terminateListeners(Postgres postgres) throws SQLException {
        return number(
                postgres, "select count(pg_terminate_backend(pid)) from pg_stat_activity where query like 'listen %'");
    }

    private static int listeners(Postgres postgres) throws SQLException {
        return number(postgres, "select count(*) from pg_stat_activity where query like 'listen %'");
    }

    private static int number(Postgres postgres, String query) throws SQLException {
        try (var statement = postgres.connection().createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
