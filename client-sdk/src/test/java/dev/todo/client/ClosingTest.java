package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.todo.client.FaultServer.Received;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** What becomes of calls and threads when a client is closed. */
class ClosingTest extends FaultTest {
    @Test
    void endsWhatIsUnderWay() throws InterruptedException {
        server.always(Behaviour.silence());
        List<CompletableFuture<Task>> calls = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            calls.add(todo.async().tasks().get(i));
        }
        Received last = server.request(9);

        todo.close();

        for (CompletableFuture<Task> call : calls) {
            assertThat(failure(call)).isInstanceOf(ClientClosedException.class);
        }
        last.connection().awaitEnd();
        for (Received request : server.requests()) {
            request.connection().awaitEnd();
        }
    }

    @Test
    void endsWhatWaitsForAnotherAttempt() throws InterruptedException {
        CountDownLatch received = new CountDownLatch(1);
        use(client().observer(afterEachAttempt(received)));
        server.script(Behaviour.problem(503, "unavailable", "Retry-After: 30"));
        CompletableFuture<Task> waiting = todo.async().tasks().get(7);
        assertThat(received.await(60, TimeUnit.SECONDS)).isTrue();
        todo.close();
        assertThat(failure(waiting)).isInstanceOf(ClientClosedException.class);
        assertThat(server.lines()).containsExactly("GET /api/me/tasks/7");
    }

    @Test
    void refusesCallsFromThenOn() {
        todo.close();
        todo.close();

        assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOf(ClientClosedException.class);
        assertThat(failure(todo.async().tasks().create(TaskDraft.titled("Pay the rent"))))
                .isInstanceOf(ClientClosedException.class);
        assertThatThrownBy(() -> todo.tasks().list(TaskQuery.all()).toList()).isInstanceOf(ClientClosedException.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void releasesItsThreads() throws InterruptedException {
        Set<Thread> before = threads(thread -> true);
        server.script(Behaviour.json(task(7))).always(Behaviour.silence());
        use(client());
        todo.tasks().get(7);
        CompletableFuture<Task> unanswered = todo.async().tasks().get(8);
        server.request(1);
        Set<Thread> ours = threads(thread -> thread.getName().startsWith("todo-client-"));
        ours.removeAll(before);
        assertThat(ours).isNotEmpty().allMatch(Thread::isDaemon);

        todo.close();

        assertThat(failure(unanswered)).isInstanceOf(ClientClosedException.class);
        awaitEnd(ours);
    }

    @Test
    void endsWhatWaitsForAToken() throws InterruptedException {
        CountDownLatch late = new CountDownLatch(1);
        CompletableFuture<Thread> supplying = new CompletableFuture<>();
        use(client().credentials(Credentials.supplier(() -> {
            supplying.complete(Thread.currentThread());
            TimeoutTest.awaitQuietly(late);
            return "late";
        })));
        CompletableFuture<Task> call = todo.async().tasks().get(7);
        Thread thread = supplying.orTimeout(60, TimeUnit.SECONDS).join();

        todo.close();

        assertThat(failure(call)).isInstanceOf(ClientClosedException.class);
        late.countDown();
        awaitEnd(Set.of(thread));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void releasesTheThreadOfItsTransport() throws InterruptedException {
        Predicate<Thread> selector = thread -> thread.getName().contains("SelectorManager");
        Set<Thread> before = threads(selector);
        use(client());
        server.script(Behaviour.json(task(7)));
        todo.tasks().get(7);
        Set<Thread> ours = threads(selector);
        ours.removeAll(before);
        assertThat(ours).hasSize(1);

        todo.close();

        awaitEnd(ours);
    }

    @Test
    void closesTheTransportThatItWasGiven() throws IOException {
        class Counted implements Transport {
            private int closed;

            @Override
            public <T> CompletableFuture<java.net.http.HttpResponse<T>> send(
                    java.net.http.HttpRequest request, java.net.http.HttpResponse.BodyHandler<T> handler) {
                return CompletableFuture.failedFuture(new IOException("unused"));
            }

            @Override
            public void close() {
                closed++;
            }
        }
        Counted transport = new Counted();
        use(client().transport(transport));

        todo.close();

        assertThat(transport.closed).isEqualTo(1);
    }

    private static Set<Thread> threads(Predicate<Thread> which) {
        Set<Thread> threads = new java.util.HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(which.negate());
        return threads;
    }

    private static void awaitEnd(Set<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(60));
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }
}
