package dev.todo;

import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** People with an account here. */
abstract class AccountTest extends ServerTest {
    protected static final String PASSWORD = "correct horse battery staple";

    private static final JsonMapper JSON = JsonMapper.shared();

    protected static String newEmail() {
        return "user-" + UUID.randomUUID() + "@example.com";
    }

    protected JsonNode register(String email) {
        return json(post(anyone, "/api/auth/register", credentials(email, PASSWORD))
                .expectStatus()
                .isCreated()
                .expectBody()
                .returnResult());
    }

    protected WebTestClient.ResponseSpec logIn(String email, String password) {
        return post(anyone, "/api/auth/login", credentials(email, password));
    }

    protected JsonNode loggedIn(String email, String password) {
        return json(logIn(email, password).expectStatus().isOk().expectBody().returnResult());
    }

    protected static String credentials(String email, String password) {
        return JSON.createObjectNode()
                .put("email", email)
                .put("password", password)
                .toString();
    }

    protected WebTestClient.ResponseSpec refresh(JsonNode signedIn) {
        String body = JSON.createObjectNode()
                .put("refresh_token", signedIn.path("refresh_token").asString())
                .toString();
        return post(anyone, "/api/auth/refresh", body);
    }

    protected JsonNode refreshed(JsonNode signedIn) {
        return json(refresh(signedIn).expectStatus().isOk().expectBody().returnResult());
    }

    /** A client that has signed in. */
    protected WebTestClient with(JsonNode signedIn) {
        return bearing(signedIn.path("access_token").asString());
    }

    protected WebTestClient bearing(String token) {
        return anyone.mutate()
                .defaultHeaders(headers -> headers.setBearerAuth(token))
                .build();
    }

    protected static WebTestClient.ResponseSpec post(WebTestClient client, String uri, String body) {
        return client.post()
                .uri(uri)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    protected static WebTestClient.ResponseSpec post(WebTestClient client, String uri) {
        return client.post().uri(uri).exchange();
    }

    protected static WebTestClient.ResponseSpec patch(WebTestClient client, String uri, String body) {
        return client.patch()
                .uri(uri)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    protected static JsonNode getJson(WebTestClient client, String uri) {
        return json(client.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult());
    }

    static String userId(JsonNode signedIn) {
        return signedIn.path("user").path("id").asString();
    }
}
