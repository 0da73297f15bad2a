package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.todo.contract.ContractCheck;
import dev.todo.contract.ContractCheck.Also;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lives a task's life, with every request and every answer held to the contract. */
class TasksTest {
    private static final String SERVER =
            Optional.ofNullable(System.getenv("TODO_URL")).orElse("http://localhost:8080");
    private static final ContractCheck CONTRACT = new ContractCheck(Also.REQUESTS, Also.NOTHING_UNDECLARED);
    private static final String VERSION = ContractCheck.document().getInfo().getVersion();
    private static final HttpClient HTTP = CONTRACT.checked(HttpClient.newHttpClient());

    private static String token = "";

    @BeforeAll
    static void register() throws Exception {
        String account = "{\"email\": \"%s@example.com\", \"password\": \"correct horse battery staple\"}"
                .formatted(UUID.randomUUID());
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(SERVER + "/api/auth/register"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(account))
                        .build(),
                BodyHandlers.ofString());
        Matcher found = Pattern.compile("\"access_token\":\"([^\"]+)\"").matcher(answer.body());
        assertTrue(found.find());
        token = found.group(1);
    }

    @Test
    void aTaskIsCreatedFoundAndDeleted() throws Exception {
        HttpResponse<String> created = send(SERVER, "/api/me/tasks", "POST", "{\"title\": \"Pay rent\"}");
        String task = created.headers().firstValue("Location").orElseThrow();
        assertEquals(200, send(SERVER, task, "GET", "").statusCode());
        assertEquals(200, send(SERVER, "/api/me/tasks?sort=-due_at", "GET", "").statusCode());
        assertEquals(204, send(SERVER, task, "DELETE", "").statusCode());
        assertEquals(404, send(SERVER, task, "GET", "").statusCode());
        assertTrue(CONTRACT.seen().contains("createTask 201"), CONTRACT.seen()::toString);
        assertTrue(CONTRACT.seen().contains("getTask 404"), CONTRACT.seen()::toString);
        assertTrue(CONTRACT.unseen().contains("replaceTask 200"), CONTRACT.unseen()::toString);
    }

    @Test
    void aWrongRequestIsNotSent() {
        AssertionError broken = assertThrows(
                AssertionError.class, () -> send(SERVER, "/api/me/tasks", "POST", "{\"titel\": \"Pay rent\"}"));
        assertEquals(
                """
                createTask (POST /api/{user_id}/tasks) was to be sent, which breaks the contract %s:
                - body has a field that is not declared: titel
                - body has no field title"""
                        .formatted(VERSION),
                broken.getMessage());
    }

    @Test
    void aWrongAnswerIsFound() throws Exception {
        HttpServer wrong = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        wrong.createContext("/", exchange -> {
            byte[] body = "{\"status\": \"up\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        wrong.start();
        try {
            String url = "http://localhost:" + wrong.getAddress().getPort();
            AssertionError broken = assertThrows(AssertionError.class, () -> send(url, "/health/live", "GET", ""));
            assertEquals(
                    """
                    getLiveness (GET /health/live) answered 200, which breaks the contract %s:
                    - header X-Request-Id is missing
                    - header Content-Type is none of application/json"""
                            .formatted(VERSION),
                    broken.getMessage());
        } finally {
            wrong.stop(0);
        }
    }

    private static HttpResponse<String> send(String server, String path, String method, String json) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .header("Authorization", "Bearer " + token)
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (!json.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
