package dev.todo.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A server that answers whatever it is told to, and remembers what it was sent. */
final class FakeServer implements AutoCloseable {
    private final HttpServer server;
    private final List<byte[]> received = Collections.synchronizedList(new ArrayList<>());
    private volatile Answer answer = Answer.example(200, "task");

    FakeServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    void answers(Answer told) {
        answer = told;
    }

    /** The bodies of the requests that came. */
    List<byte[]> received() {
        return List.copyOf(received);
    }

    private void handle(HttpExchange exchange) throws IOException {
        received.add(exchange.getRequestBody().readAllBytes());
        Answer told = answer;
        told.headers().forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
        boolean none = told.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(told.status(), none ? -1 : told.body().length);
        if (!none) {
            exchange.getResponseBody().write(told.body());
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
