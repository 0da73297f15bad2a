package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A time-out ends a call by interrupting the thread that waits: that thread must not learn of it, nor miss another. */
class InterruptionTest {
    /** Hangs until it is interrupted. */
    private static class Hanging implements Transport {
        @Override
        public <T> CompletableFuture<HttpResponse<T>> send(HttpRequest request, BodyHandler<T> handler) {
            return new CompletableFuture<>();
        }

        @Override
        public <T> HttpResponse<T> sendAndWait(HttpRequest request, BodyHandler<T> handler)
                throws InterruptedException {
            new CountDownLatch(1).await();
            throw new AssertionError("it cannot get here");
        }
    }

    private TodoClient todo = client(new Hanging());

    private static TodoClient client(Transport transport) {
        return TodoClient.builder()
                .baseUrl("http://localhost:1")
                .transport(transport)
                .retries(Retries.none())
                .attemptTimeout(Duration.ofMillis(20))
                .credentials(Credentials.token("a-token"))
                .build();
    }

    private void use(Transport transport) {
        todo.close();
        todo = client(transport);
    }

    @AfterEach
    void close() {
        todo.close();
    }

    @Test
    void aTimeOutLeavesNoInterruptionBehind() {
        for (int call = 0; call < 20; call++) {
            assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOf(CallTimeoutException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void anInterruptionThatComesWithATimeOutIsNotLost() {
        use(new Hanging() {
            @Override
            public <T> HttpResponse<T> sendAndWait(HttpRequest request, BodyHandler<T> handler)
                    throws InterruptedException {
                try {
                    return super.sendAndWait(request, handler);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // somebody else's, meanwhile
                    throw e;
                }
            }
        });

        assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOf(CallTimeoutException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whoIsInterruptedIsInterruptedStill() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> todo.tasks().get(7))
                .isInstanceOfSatisfying(
                        CallInterruptedException.class,
                        given -> assertThat(given.outcomeUnknown()).isFalse());
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aStreamThatComesTooLateIsClosed() {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream stream = new ByteArrayInputStream(new byte[0]) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        use(new Hanging() {
            @Override
            @SuppressWarnings("unchecked") // The handler of an export gives streams.
            public <T> HttpResponse<T> sendAndWait(HttpRequest request, BodyHandler<T> handler) {
                try {
                    return super.sendAndWait(request, handler);
                } catch (InterruptedException e) {
                    HttpHeaders headers = HttpHeaders.of(Map.of(), (name, value) -> true);
                    return new ReceivedAnswer<>(request, 200, headers, (T) stream);
                }
            }
        });

        assertThatThrownBy(() -> todo.with(CallOptions.defaults().attemptTimeout(Duration.ofMillis(20)))
                        .tasks()
                        .export(TaskFormat.JSON_LINES))
                .isInstanceOf(CallTimeoutException.class);
        assertThat(closed).isTrue();
    }

    @Test
    void whatAllCallsNeedIsFetchedInNobodysThread() {
        List<String> waited = new CopyOnWriteArrayList<>();
        Transport instant = new Transport() {
            @Override
            public <T> CompletableFuture<HttpResponse<T>> send(HttpRequest request, BodyHandler<T> handler) {
                boolean refresh = request.uri().getPath().equals("/api/auth/refresh");
                String json = refresh ? FaultTest.signedIn("a1", "r1", 900) : FaultTest.task(7);
                return Transport.answer(
                        request,
                        200,
                        Map.of("Content-Type", List.of("application/json")),
                        json.getBytes(StandardCharsets.UTF_8),
                        handler);
            }

            @Override
            public <T> HttpResponse<T> sendAndWait(HttpRequest request, BodyHandler<T> handler) {
                waited.add(request.uri().getPath());
                return send(request, handler).join();
            }
        };
        for (int client = 0; client < 200; client++) {
            try (TodoClient session = TodoClient.builder()
                    .baseUrl("http://localhost:1")
                    .transport(instant)
                    .credentials(Credentials.session(TokenStore.inMemory("r0")))
                    .build()) {
                assertThat(session.tasks().get(7).id()).isEqualTo(7);
            }
        }
        assertThat(waited).doesNotContain("/api/auth/refresh");
    }
}
