package dev.todo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Knows what must be there before an operation, any of the contract's, can succeed. */
abstract class OperationTest extends AccountTest {
    /** One request that will succeed, once: who sends it, where to, and the body if it takes one. */
    protected record Prepared(WebTestClient client, URI uri, String body) {}

    protected Prepared prepare(ContractOperation operation) {
        return prepare(operation, operation.takes().isEmpty() ? "{}".getBytes(UTF_8) : operation.exampleBody());
    }

    /** With this example for a body, in which only what is another for each account is replaced. */
    protected Prepared prepare(ContractOperation operation, byte[] example) {
        if (operation.takesFile()) {
            return new Prepared(http, uri(operation), new String(example, UTF_8));
        }
        ObjectNode body = (ObjectNode) JsonMapper.shared().readTree(example);
        return switch (operation.toString()) {
            case "register" -> prepared(operation, anyone, body.put("email", newEmail()));
            case "logIn" -> {
                String email = newEmail();
                register(email);
                yield prepared(operation, anyone, body.put("email", email));
            }
            case "refreshSession" -> {
                JsonNode refreshToken = register(newEmail()).path("refresh_token");
                body.set("refresh_token", refreshToken);
                yield prepared(operation, anyone, body);
            }
            case "changePassword" -> prepared(operation, with(register(newEmail())), body);
            case "endSession" -> {
                WebTestClient client = with(register(newEmail()));
                String session =
                        getJson(client, "/api/auth/sessions").at("/items/0/id").asString();
                yield new Prepared(client, operation.uri(port, Map.of("session_id", session)), "");
            }
            case "deleteAccount" ->
                prepared(
                        operation,
                        body.has("password") ? with(register(newEmail())) : as("leaving-" + UUID.randomUUID()),
                        body);
            // As somebody else, whose tokens are of no use afterwards.
            case "logOut", "logOutEverywhere" -> prepared(operation, as("leaving-" + UUID.randomUUID()), body);
            default -> prepared(operation, http, body);
        };
    }

    private Prepared prepared(ContractOperation operation, WebTestClient client, ObjectNode body) {
        return new Prepared(client, uri(operation), body.toString());
    }

    /** Where an operation is to be found, with ids of the test's own. */
    protected URI uri(ContractOperation operation) {
        return operation.uri(
                port,
                operation.variables().contains("task_id")
                                || operation.variables().contains("tag")
                        ? own(operation)
                        : Map.of("user_id", user, "session_id", "none"));
    }

    protected Map<String, String> own(ContractOperation operation) {
        return Map.of("user_id", user, "task_id", createTaskFor(operation), "tag", TAG, "session_id", "none");
    }

    protected static WebTestClient.RequestBodySpec request(ContractOperation operation, Prepared prepared) {
        return prepared.client().method(operation.method()).uri(prepared.uri());
    }

    protected void assertSuccess(ContractOperation operation, WebTestClient.RequestHeadersSpec<?> request) {
        request.exchange().expectStatus().isEqualTo(operation.success());
    }
}
