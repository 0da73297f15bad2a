package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The jar as operators meet it: started, misconfigured, killed and started again. */
class PackagedServerIT {
    private static final String SECRET = "0123456789-0123456789-0123456789";

    @TempDir
    Path folder;

    @Test
    void aBareStartServesKeepsAndSurvivesKill() throws Exception {
        String token;
        try (TodoProcess server = TodoProcess.start(folder, Map.of())) {
            server.awaitStart();
            token = token("alice");
            assertThat(server.post("/api/me/tasks", token, "{\"title\": \"Survive\"}")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(String.join("\n", server.lines()))
                    .contains("answers at", "/docs", "/openapi.yaml", "/metrics", "embedded PostgreSQL 18 in")
                    .doesNotContain(token);

            List<String> second = TodoProcess.run(folder, Map.of());
            assertThat(second).hasSize(2).last().isEqualTo("exit 1");
            assertThat(second.get(0)).startsWith("The server does not start: ").contains(data().toString());

            server.kill();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data().resolve("auth-secret"))))
                .isEqualTo("rw-------");
        try (TodoProcess server = TodoProcess.start(folder, Map.of())) {
            assertThat(server.get("/api/alice/tasks", token).body()).contains("\"title\":\"Survive\"");
            assertThat(server.get("/", token).body()).contains("<title>Tasks</title>");
        }
        try (TodoProcess server = TodoProcess.start(folder, Map.of())) {
            assertThat(server.get("/api/alice/tasks", token).body()).contains("\"title\":\"Survive\"");
        }
    }

    @Test
    void productionLogsJsonAndDemandsHttps() throws Exception {
        Map<String, String> production = Map.of("ENVIRONMENT", "production", "BETTER_AUTH_SECRET", SECRET);
        String token = token("alice", Map.of("BETTER_AUTH_SECRET", SECRET));
        try (TodoProcess server = TodoProcess.start(folder, production)) {
            HttpResponse<String> answer = server.get("/api/me/tasks", token);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
            assertThat(server.get("/", token).body()).contains("\"code\":\"not-found\"");
            assertThat(server.lines())
                    .allSatisfy(line -> assertThat(
                                    JsonMapper.shared().readTree(line).isObject())
                            .isTrue());
        }
    }

    @Test
    void aDotEnvFileIsReadBelowTheRealEnvironment() throws Exception {
        Files.writeString(folder.resolve(".env"), """
                # a comment
                BETTER_AUTH_SECRET="%s"
                ENVIRONMENT=nonsense
                """.formatted(SECRET));
        String token = token("bob", Map.of("ENVIRONMENT", "development"));
        try (TodoProcess server =
                TodoProcess.start(folder, Map.of("ENVIRONMENT", "production", "DATABASE_POOL_SIZE", " "))) {
            assertThat(server.get("/api/bob/tasks", token).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PORT                  | eighty",
                "PORT                  | 70000",
                "PORT                  | ''",
                "PORT                  | ' 8393 '",
                "MANAGEMENT_PORT       | x",
                "LOG_LEVEL             | loud",
                "ENVIRONMENT           | staging",
                "DATABASE_URL          | mysql://u:hunter2@h/db",
                "DATABASE_URL          | postgresql://u:hunter2@127.0.0.1:1/db",
                "DATABASE_URL          | postgresql://u:hunter2${ss}@127.0.0.1:1/db",
                "DATABASE_POOL_SIZE    | 31",
                "DATABASE_POOL_SIZE    | many",
                "DATABASE_ACQUIRE_TIMEOUT | soon",
                "BETTER_AUTH_SECRET    | hunter2-is-too-short",
                "BETTER_AUTH_URL       | not a url",
                "CORS_ORIGINS          | *",
                "CORS_ORIGINS          | https://app.example/path",
                "TRASH_DAYS            | 0",
                "TRASH_DAYS            | many",
                "REQUEST_TIMEOUT       | never",
                "REQUEST_TIMEOUT       | 2562047788015h",
                "RATE_LIMIT_USER_READS | 1200",
                "RATE_LIMIT_ADDRESS_ACCOUNTS | 0/1m",
                "TRUSTED_PROXIES       | proxy.example",
                "TRUSTED_PROXIES       | 10.0.0.0/33",
                "TODO_DATA_DIR         | /proc/nowhere"
            })
    void aBadSettingStopsTheStartInOneSentence(String name, String value) throws Exception {
        assertThat(TodoProcess.run(folder, Map.of(name, value)))
                .satisfies(printed -> isRefusal(List.copyOf(printed), name))
                .noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void productionDoesNotStartWithoutASourceOfKeys() throws Exception {
        isRefusal(TodoProcess.run(folder, Map.of("ENVIRONMENT", "production")), "BETTER_AUTH_URL");
    }

    @Test
    void tokensAreMadeForALocalServerOnly() throws Exception {
        Map<String, String> production = Map.of("ENVIRONMENT", "production", "BETTER_AUTH_SECRET", SECRET);
        isRefusal(TodoProcess.run(folder, production, "token", "alice"), "ENVIRONMENT");
        isRefusal(TodoProcess.run(folder, Map.of(), "token"), "token alice");
        isRefusal(TodoProcess.run(folder, Map.of(), "token", ""), "user id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "production"})
    void aStopIsLogged(String environment) throws Exception {
        Map<String, String> settings = Map.of("ENVIRONMENT", environment, "BETTER_AUTH_SECRET", SECRET);
        try (TodoProcess server = TodoProcess.start(folder, settings)) {
            server.awaitStart();
            server.askToStop();
            await().untilAsserted(
                            () -> assertThat(server.lines()).last().asString().contains("INFO", "Todo API stopped"));
        }
    }

    @Test
    void aStopWaitsForWhatHasBegunAndLetsNothingComeBehindIt() throws Exception {
        String token;
        try (TodoProcess server = TodoProcess.start(folder, Map.of())) {
            server.awaitStart();
            token = token("alice");
            int port = server.uri("/").getPort();
            try (HeldRequest request =
                    HeldRequest.post(port, token, "/api/me/tasks", "{\"title\": \"Begun before the stop\"}")) {
                server.askToStop();
                await().until(() -> isRefused(port));
                RawHttp.Answer answer = request.finish();
                assertThat(answer.status()).isEqualTo(201);
                assertThat(answer.headers().getConnection()).containsExactly("close");
                assertThat(request.connection().isClosed()).isTrue();
            }
        }
        try (TodoProcess server = TodoProcess.start(folder, Map.of())) {
            assertThat(server.get("/api/me/tasks", token).body()).contains("Begun before the stop");
        }
    }

    private static boolean isRefused(int port) throws IOException {
        try {
            new RawHttp(port).close();
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (SocketException closedMeanwhile) {
            return false;
        }
    }

    private static void isRefusal(List<String> printed, String named) {
        assertThat(printed).hasSize(2).last().isEqualTo("exit 1");
        assertThat(printed.get(0))
                .startsWith("The server does not start: ")
                .contains(named)
                .endsWith(".");
    }

    private String token(String user) throws Exception {
        return token(user, Map.of());
    }

    private String token(String user, Map<String, String> environment) throws Exception {
        List<String> printed = TodoProcess.run(folder, environment, "token", user);
        assertThat(printed).hasSize(2).last().isEqualTo("exit 0");
        return printed.get(0);
    }

    private Path data() {
        return folder.resolve("data");
    }
}
