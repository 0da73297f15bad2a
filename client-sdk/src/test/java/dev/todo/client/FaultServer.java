package dev.todo.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server of HTTP/1.1 that misbehaves by a script, one behaviour for each request, and remembers what it was asked. */
final class FaultServer implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final ServerSocket listener;
    private final Deque<Behaviour> script = new ArrayDeque<>();
    private final List<Received> requests = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();
    private Function<Received, Behaviour> otherwise =
            request -> Behaviour.reply(500, "text/plain", "nothing is scripted");

    FaultServer() throws IOException {
        this(0);
    }

    FaultServer(int port) throws IOException {
        listener = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
        begin("fault-server", this::accept);
    }

    /** A port at which nobody listens. */
    static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String url() {
        return "http://" + listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
    }

    /** What the next requests meet, in this order. */
    synchronized FaultServer script(Behaviour... next) {
        script.addAll(Arrays.asList(next));
        return this;
    }

    /** What requests meet once the script has ended. */
    synchronized FaultServer otherwise(Function<Received, Behaviour> behaviour) {
        otherwise = behaviour;
        return this;
    }

    synchronized FaultServer always(Behaviour behaviour) {
        return otherwise(request -> behaviour);
    }

    synchronized List<Received> requests() {
        return List.copyOf(requests);
    }

    /** Requests as "GET /target", of which there are usually few. */
    List<String> lines() {
        return requests().stream()
                .map(request -> request.method() + " " + request.target())
                .toList();
    }

    /** Waits for a request, the first of which is number 0. */
    synchronized Received request(int number) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (requests.size() <= number) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("no request " + number + " came, only " + requests);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return requests.get(number);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        synchronized (this) {
            for (Connection connection : connections) {
                connection.socket.close();
            }
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                Connection connection = new Connection(socket);
                synchronized (this) {
                    connections.add(connection);
                }
                begin("fault-connection", () -> serve(connection));
            } catch (IOException e) {
                // It is closed, or a client left before it was let in.
            }
        }
    }

    private void serve(Connection connection) {
        try (Socket socket = connection.socket) {
            while (!socket.isClosed()) {
                Received request = connection.read();
                if (request == null) {
                    break;
                }
                next(request).meet(request);
            }
        } catch (IOException e) {
            // The client has left, which is what some tests wait for.
        } finally {
            connection.ended.complete(null);
        }
    }

    private Behaviour next(Received request) {
        Function<Received, Behaviour> unscripted;
        synchronized (this) {
            requests.add(request);
            notifyAll();
            Behaviour scripted = script.poll();
            if (scripted != null) {
                return scripted;
            }
            unscripted = otherwise;
        }
        return unscripted.apply(request);
    }

    private static void begin(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * A request, whole. The names of headers are in lower case.
     *
     * @param body with a character for each byte
     */
    record Received(String method, String target, Map<String, String> headers, String body, Connection connection) {
        @Nullable
        String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        String text() {
            return new String(body.getBytes(ISO_8859_1), UTF_8);
        }

        @Override
        public String toString() {
            return method + " " + target + " " + headers + " " + body;
        }
    }

    /** One connection, used for one request after the other. */
    static final class Connection {
        final Socket socket;
        final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
        private final InputStream in;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        /** Waits until it is no more. */
        void awaitEnd() {
            ended.orTimeout(PATIENCE_NANOS, TimeUnit.NANOSECONDS).join();
        }

        void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        void send(String text) throws IOException {
            send(text.getBytes(UTF_8));
        }

        /** The next byte; -1 for the end; throws when nothing comes within the socket's time-out. */
        int listen() throws IOException {
            return in.read();
        }

        private @Nullable Received read() throws IOException {
            String start = line();
            if (start == null) {
                return null;
            }
            Map<String, String> headers = new TreeMap<>();
            for (String line = line(); line != null && !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                if (colon < 0) {
                    return null;
                }
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            byte[] body = "chunked".equals(headers.get("transfer-encoding"))
                    ? chunks()
                    : in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
            String[] words = start.split(" ", -1);
            return new Received(words[0], words[1], headers, new String(body, ISO_8859_1), this);
        }

        private byte[] chunks() throws IOException {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            for (String size = line(); size != null; size = line()) {
                int length = Integer.parseInt(size, 16);
                whole.writeBytes(in.readNBytes(length));
                String end = line();
                if (length == 0 || end == null) {
                    break;
                }
            }
            return whole.toByteArray();
        }

        private @Nullable String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    return null;
                }
                line.write(next);
            }
            return line.toString(ISO_8859_1).stripTrailing();
        }
    }
}
