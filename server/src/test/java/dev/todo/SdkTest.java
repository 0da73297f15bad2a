package dev.todo;

import dev.todo.client.Credentials;
import dev.todo.client.TodoClient;
import dev.todo.client.Transport;
import java.net.http.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A client of the server's, as an integrator has it, whose answers are held to the contract. */
abstract class SdkTest extends ServerTest {
    protected TodoClient todo;

    @BeforeEach
    void signIn() {
        todo = client(Credentials.token(token(user)));
    }

    @AfterEach
    void close() {
        todo.close();
    }

    protected TodoClient client(Credentials credentials) {
        return TodoClient.builder()
                .baseUrl("http://localhost:" + port + "/")
                .transport(Transport.of(ContractCheck.EVERY_ANSWER.checked(HttpClient.newHttpClient())))
                .credentials(credentials)
                .build();
    }
}
