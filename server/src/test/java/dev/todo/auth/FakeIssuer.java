package dev.todo.auth;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A Better Auth server on this computer, as far as we see of it: it signs tokens and publishes its keys. */
public final class FakeIssuer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final InstantSource clock;
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicInteger rotations = new AtomicInteger();
    private volatile List<TestKey> published = List.of();
    private volatile TestKey key;
    private volatile boolean failing;
    private volatile CountDownLatch held = new CountDownLatch(0);

    public FakeIssuer(InstantSource clock) {
        this.clock = clock;
        key = nextKey();
        publish(key);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/api/auth/jwks", this::answer);
        server.start();
    }

    /** What {@code BETTER_AUTH_URL} is set to. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A good token, signed with the newest key. */
    public String token(String user) {
        return draft(user).signedBy(key);
    }

    public TestToken draft(String user) {
        return TestToken.of(user, clock).with("iss", url()).with("aud", url());
    }

    public TestKey key() {
        return key;
    }

    /** Publishes these keys and no others. */
    public void publish(TestKey... keys) {
        published = List.copyOf(Arrays.asList(keys));
    }

    /** Signs with a new key from now on; the old one stays published. */
    public void rotate() {
        TestKey old = key;
        key = nextKey();
        publish(old, key);
    }

    /** Answers 500 to whoever asks for the keys. */
    public void fail(boolean fails) {
        failing = fails;
    }

    /** Answers nobody who asks for the keys until it is released. */
    public void hold() {
        held = new CountDownLatch(1);
    }

    public void release() {
        held.countDown();
    }

    /** How often the keys have been asked for. */
    public int fetches() {
        return fetches.get();
    }

    private TestKey nextKey() {
        return TestKey.of("EdDSA", "key-" + rotations.incrementAndGet());
    }

    private void answer(HttpExchange exchange) throws IOException {
        int status = failing ? 500 : 200;
        fetches.incrementAndGet();
        try (exchange) {
            held.await();
            List<Map<String, Object>> keys =
                    published.stream().map(TestKey::published).toList();
            byte[] body = JSONObjectUtils.toJSONString(Map.of("keys", keys)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdownNow();
    }
}
