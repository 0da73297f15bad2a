package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Better Auth server in a Node process, on a port that its successors can take over. */
final class BetterAuth implements AutoCloseable {
    static final Path FOLDER = Path.of("target", "better-auth").toAbsolutePath();
    static final String PASSWORD = "correct horse battery";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Process process;
    private final String url;

    private BetterAuth(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it with more settings than a port and a secret, as JSON; see {@code server.js}. */
    static BetterAuth start(int port, String secret, Map<String, ?> settings) throws Exception {
        var all = new HashMap<String, Object>(settings);
        all.put("port", port);
        all.put("secret", secret);
        Process process = new ProcessBuilder("node", "server.js", JSON.writeValueAsString(all))
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        CompletableFuture<String> listening = new CompletableFuture<>();
        new Thread(() -> read(process, listening), "better-auth-output").start();
        try {
            listening.get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
        return new BetterAuth(process, url(port));
    }

    static String url(int port) {
        return "http://localhost:" + port;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void read(Process process, CompletableFuture<String> listening) {
        StringBuilder output = new StringBuilder();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.append(line).append('\n');
                if (line.startsWith("listening")) {
                    listening.complete(line);
                }
            }
        } catch (IOException ended) {
            // A process that is ended leaves its pipe broken.
        }
        listening.completeExceptionally(new AssertionError("Better Auth did not start:\n" + output));
    }

    /** Somebody with an account, signed in. */
    User signUp(String name) throws Exception {
        String email = name + "-" + UUID.randomUUID() + "@app.example";
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(url + "/api/auth/sign-up/email"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                JSON.writeValueAsString(Map.of("name", name, "email", email, "password", PASSWORD))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new User(
                JSON.readTree(answer.body()).path("user").path("id").asString(),
                email,
                answer.headers().firstValue("set-auth-token").orElseThrow(),
                answer.headers().allValues("set-cookie"));
    }

    final class User {
        private final String id;
        private final String email;
        private final String session;
        private final List<String> cookies;

        private User(String id, String email, String session, List<String> cookies) {
            this.id = id;
            this.email = email;
            this.session = session;
            this.cookies = cookies;
        }

        String id() {
            return id;
        }

        String email() {
            return email;
        }

        /** The opaque token that stands for the session at Better Auth, and nowhere else. */
        String session() {
            return session;
        }

        String cookie(String name) {
            return cookies.stream()
                    .filter(cookie -> cookie.startsWith(name + "="))
                    .map(cookie -> cookie.substring(name.length() + 1, cookie.indexOf(';')))
                    .findFirst()
                    .orElseThrow();
        }

        /** A new one each time, unless two are asked for in the same second. */
        String token() throws Exception {
            return token("/api/auth/token");
        }

        String tokenSignedByHand() throws Exception {
            return token("/by-hand");
        }

        private String token(String path) throws Exception {
            return JSON.readTree(get(path, session)).path("token").asString();
        }
    }

    JsonNode keys() throws Exception {
        return JSON.readTree(get("/api/auth/jwks", "")).path("keys");
    }

    /** How often the keys have been asked for, by whomever. */
    int fetches() throws Exception {
        return Integer.parseInt(get("/fetches", ""));
    }

    String url() {
        return url;
    }

    private String get(String path, String session) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Authorization", "Bearer " + session)
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while Better Auth stops", e);
        }
    }
}
