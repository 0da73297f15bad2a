package dev.todo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/** A connection on which anything may be sent, HTTP or not. */
final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream input;

    RawHttp(int port) throws IOException {
        socket = new Socket("localhost", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        input = socket.getInputStream();
    }

    record Answer(int status, HttpHeaders headers, String body) {}

    /** Sends the lines with CR LF after each; characters are bytes. */
    RawHttp send(String... lines) throws IOException {
        return sendBytes((String.join("\r\n", lines) + "\r\n").getBytes(ISO_8859_1));
    }

    RawHttp sendBytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Waits for an answer, 100 Continue included; the body is as long as Content-Length says. */
    Answer answer() throws IOException {
        List<String> head = head();
        int status = Integer.parseInt(head.get(0).substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        HttpHeaders headers = new HttpHeaders();
        for (String line : head.subList(1, head.size())) {
            int colon = line.indexOf(':');
            headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        byte[] body = input.readNBytes((int) Math.max(0, headers.getContentLength()));
        return new Answer(status, headers, new String(body, UTF_8));
    }

    /** The answer, held to the contract as an answer to this request. */
    Answer checkedAnswer(int port, HttpMethod method, String path) throws IOException {
        Answer answer = answer();
        ContractCheck.check(
                method,
                URI.create("http://localhost:" + port + path),
                answer.status(),
                answer.headers(),
                answer.body().getBytes(UTF_8));
        return answer;
    }

    /** Waits until the server closes; false when it sends anything instead. */
    boolean isClosed() throws IOException {
        try {
            return input.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private List<String> head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = input.read();
            if (next < 0) {
                throw new IOException("The server closed after: " + head.toString(ISO_8859_1));
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1).lines().filter(line -> !line.isEmpty()).toList();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
