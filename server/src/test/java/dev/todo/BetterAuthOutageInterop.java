package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.todo.auth.TestKey;
import dev.todo.auth.TestToken;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Better Auth is not there yet, comes, goes and comes again; the server runs on. */
class BetterAuthOutageInterop {
    private static final String SECRET = "0123456789-0123456789-0123456789";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void theServerOutlivesItsIssuer() throws Exception {
        int port = BetterAuth.freePort();
        Map<String, String> environment = Map.of("BETTER_AUTH_URL", BetterAuth.url(port), "BETTER_AUTH_SECRET", SECRET);
        try (TodoProcess todo = TodoProcess.start(folder, environment)) {
            saysThatTheKeysAreMissing(todo, port);
            String unused;
            try (BetterAuth auth = BetterAuth.start(port, SECRET, Map.of())) {
                await().atMost(PATIENCE).until(() -> todo.get("/health", "").statusCode() == 200);
                assertThat(status(todo, auth.signUp("alice").token())).isEqualTo(200);
                unused = auth.signUp("bob").token();
            }
            assertThat(status(todo, unused)).isEqualTo(200);
            assertThat(status(todo, byNobody(port))).isEqualTo(401);
            assertThat(todo.get("/health", "").statusCode()).isEqualTo(200);

            try (BetterAuth auth = BetterAuth.start(port, SECRET, Map.of())) {
                String token = auth.signUp("carol").token();
                await().atMost(PATIENCE).until(() -> status(todo, token) == 200);
            }
        }
    }

    private static void saysThatTheKeysAreMissing(TodoProcess todo, int port) throws Exception {
        for (String path : new String[] {"/health", "/health/ready"}) {
            HttpResponse<String> health = todo.get(path, "");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("keys");
        }
        assertThat(todo.get("/health/live", "").statusCode()).isEqualTo(200);
        assertThat(status(todo, TestToken.of("dave", InstantSource.system()).signedWith(SECRET)))
                .isEqualTo(200);
        assertThat(status(todo, byNobody(port))).isEqualTo(503);
    }

    private static String byNobody(int port) {
        return TestToken.of("mallory", InstantSource.system())
                .with("iss", BetterAuth.url(port))
                .with("aud", BetterAuth.url(port))
                .signedBy(TestKey.of("EdDSA", "nobodys"));
    }

    private static int status(TodoProcess todo, String token) throws Exception {
        return todo.get("/api/me/tasks", token).statusCode();
    }
}
