package dev.todo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.springframework.http.HttpMethod;

/** A request that the server has let in, and whose body is still on its way. */
record HeldRequest(RawHttp connection, int port, HttpMethod method, String path, String rest) implements AutoCloseable {
    private static final int SENT = 3;

    static HeldRequest post(int port, String token, String path, String body) throws IOException {
        return begin(port, token, HttpMethod.POST, path, body);
    }

    static HeldRequest begin(int port, String token, HttpMethod method, String path, String body) throws IOException {
        RawHttp connection = new RawHttp(port);
        connection.send(
                method + " " + path + " HTTP/1.1",
                "Host: localhost",
                "Authorization: Bearer " + token,
                "Content-Type: application/json",
                "Content-Length: " + body.getBytes(UTF_8).length,
                "Expect: 100-continue",
                "");
        // The server asks for the body once it knows whose request it is.
        assertThat(connection.answer().status()).isEqualTo(100);
        connection.sendBytes(body.substring(0, SENT).getBytes(UTF_8));
        return new HeldRequest(connection, port, method, path, body.substring(SENT));
    }

    RawHttp.Answer finish() throws IOException {
        return connection.sendBytes(rest.getBytes(UTF_8)).checkedAnswer(port, method, path);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
