package dev.todo.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.todo.client.FaultServer.Connection;
import dev.todo.client.FaultServer.Received;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What a request meets at a {@link FaultServer}. */
interface Behaviour {
    int DRIP_MILLIS = 20;
    int CHUNK = 64 * 1024;

    void meet(Received request) throws IOException;

    /** A whole answer; the connection may be used again. */
    static Behaviour reply(int status, String contentType, String body, String... headers) {
        return request ->
                request.connection().send(head(status, contentType, body.getBytes(UTF_8).length, headers) + body);
    }

    /** 200 with JSON. */
    static Behaviour json(String body, String... headers) {
        return reply(200, "application/json", body, headers);
    }

    /** 204. */
    static Behaviour nothing() {
        return request -> request.connection().send("HTTP/1.1 204 No Content\r\n\r\n");
    }

    /** A problem as the Todo API has them. */
    static Behaviour problem(int status, String code, String... headers) {
        String body = """
                {"type": "urn:problem:%2$s", "title": "%2$s", "status": %1$d, "detail": "It is so.", \
                "instance": "/x", "code": "%2$s", "request_id": "req-1"}""".formatted(status, code);
        return reply(status, "application/problem+json", body, headers);
    }

    /** These bytes as they are, and the end of the connection. */
    static Behaviour raw(String bytes) {
        return request -> {
            request.connection().send(bytes);
            request.connection().socket.close();
        };
    }

    /** A connection that is reset, after these bytes. */
    static Behaviour reset(String bytes) {
        return request -> {
            request.connection().send(bytes);
            request.connection().socket.setSoLinger(true, 0);
            request.connection().socket.close();
        };
    }

    /** The connection is reset before anything was answered. */
    static Behaviour reset() {
        return reset("");
    }

    /** No answer, ever. */
    static Behaviour silence() {
        return request -> untilEnd(request.connection());
    }

    /** The beginning of an answer, and then nothing. */
    static Behaviour halting(String bytes) {
        return request -> {
            request.connection().send(bytes);
            untilEnd(request.connection());
        };
    }

    /** A body of one byte after the other, as long as somebody listens. */
    static Behaviour drip() {
        return request -> {
            Connection connection = request.connection();
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n");
            connection.socket.setSoTimeout(DRIP_MILLIS);
            for (boolean open = true; open; ) {
                try {
                    open = connection.listen() >= 0;
                } catch (SocketTimeoutException e) {
                    connection.send(" ");
                }
            }
            connection.socket.close();
        };
    }

    /** A body without end, as fast as it goes. */
    static Behaviour flood(int status, String contentType, AtomicLong sent) {
        return request -> {
            String chunk = Integer.toHexString(CHUNK) + "\r\n" + " ".repeat(CHUNK) + "\r\n";
            request.connection()
                    .send("HTTP/1.1 " + status + " X\r\nContent-Type: " + contentType
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                request.connection().send(chunk);
                sent.addAndGet(CHUNK);
            }
        };
    }

    /** This, once the gate is open. */
    default Behaviour after(CountDownLatch gate) {
        return request -> {
            try {
                if (!gate.await(60, TimeUnit.SECONDS)) {
                    throw new IOException("the gate was never opened");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            meet(request);
        };
    }

    static String head(int status, String contentType, int length, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " X\r\n");
        if (!contentType.isEmpty()) {
            head.append("Content-Type: ").append(contentType).append("\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("Content-Length: ").append(length).append("\r\n\r\n").toString();
    }

    private static void untilEnd(Connection connection) throws IOException {
        while (connection.listen() >= 0) {
            // Whatever is said is ignored.
        }
        connection.socket.close();
    }
}
