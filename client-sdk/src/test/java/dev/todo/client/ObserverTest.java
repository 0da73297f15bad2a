package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What those who watch calls are told. */
class ObserverTest extends FaultTest {
    private static final class Watcher implements CallObserver {
        final List<String> events = Collections.synchronizedList(new ArrayList<>());
        final CountDownLatch ended = new CountDownLatch(1);

        @Override
        public void sending(Attempt attempt, BiConsumer<String, String> headers) {
            headers.accept("traceparent", "00-" + attempt.number());
            events.add("sending " + attempt.operation() + " " + attempt.method() + " " + attempt.route() + " "
                    + attempt.number());
        }

        @Override
        public void received(Attempt attempt, Outcome outcome) {
            assertThat(outcome.duration()).isPositive();
            events.add("received " + attempt.number() + " " + told(outcome));
        }

        @Override
        public void ended(Attempt last, Outcome outcome) {
            events.add("ended " + last.number() + " " + told(outcome));
            ended.countDown();
        }

        private static String told(Outcome outcome) {
            Throwable failure = outcome.failure();
            return outcome.status() + " "
                    + (failure == null ? "well" : failure.getClass().getSimpleName());
        }
    }

    private final Watcher watcher = new Watcher();

    @Test
    void eachAttemptAndTheEndAreToldInTheirOrder() {
        use(client().observer(watcher));
        server.script(
                Behaviour.problem(503, "unavailable"), Behaviour.reset("HTTP/1.1 200 OK\r\n"), Behaviour.json(task(7)));

        todo.tasks().get(7);

        assertThat(watcher.events)
                .containsExactly(
                        "sending getTask GET /api/{user_id}/tasks/{task_id} 1",
                        "received 1 503 ServerException",
                        "sending getTask GET /api/{user_id}/tasks/{task_id} 2",
                        "received 2 null ConnectionException",
                        "sending getTask GET /api/{user_id}/tasks/{task_id} 3",
                        "received 3 200 well",
                        "ended 3 200 well");
        assertThat(server.requests())
                .extracting(request -> request.header("traceparent"))
                .containsExactly("00-1", "00-2", "00-3");
    }

    @Test
    void aCallThatFailsHasAnEnd() {
        use(client().observer(watcher).retries(Retries.none()));
        server.script(Behaviour.problem(404, "not-found"));

        assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOf(NotFoundException.class);

        assertThat(watcher.events).last().isEqualTo("ended 1 404 NotFoundException");
    }

    @Test
    void aCallThatTakesTooLongHasAnEnd() throws InterruptedException {
        use(client().observer(watcher).timeout(Duration.ofSeconds(1)));
        server.always(Behaviour.silence());

        assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOf(CallTimeoutException.class);

        assertThat(watcher.ended.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(watcher.events.subList(1, watcher.events.size()))
                .containsExactly("received 1 null CancellationException", "ended 1 null CallTimeoutException");
    }

    @Test
    void aCallThatIsCancelledHasAnEnd() throws InterruptedException {
        use(client().observer(watcher));
        server.script(Behaviour.problem(503, "unavailable", "Retry-After: 30"));
        CompletableFuture<Task> call = todo.async().tasks().get(7);
        server.request(0);

        call.cancel(true);

        assertThat(watcher.ended.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(watcher.events).last().asString().startsWith("ended 1 ").endsWith("CancellationException");
        assertThat(watcher.events)
                .filteredOn(event -> event.startsWith("ended"))
                .hasSize(1);
    }

    @Test
    void anObserverThatThrowsDoesNoHarm() {
        CallObserver broken = new CallObserver() {
            @Override
            public void sending(Attempt attempt, BiConsumer<String, String> headers) {
                headers.accept("X-Broken\r\n", "yes");
            }

            @Override
            public void received(Attempt attempt, Outcome outcome) {
                throw new NoClassDefFoundError("received");
            }

            @Override
            public void ended(Attempt last, Outcome outcome) {
                throw new IllegalStateException("ended");
            }
        };
        use(client().observer(broken).observer(watcher));
        server.script(Behaviour.problem(503, "unavailable"), Behaviour.json(task(7)));

        assertThat(todo.tasks().get(7).id()).isEqualTo(7);
        assertThat(watcher.events).hasSize(5);
        assertThat(server.requests().get(1).headers()).doesNotContainKey("x-broken");
    }

    @Test
    void anObserverCannotTakeThePlaceOfTheToken() {
        use(client().observer(new CallObserver() {
            @Override
            public void sending(Attempt attempt, BiConsumer<String, String> headers) {
                headers.accept("Authorization", "Bearer other");
                headers.accept("X-Mine", "theirs");
            }
        }));
        server.always(Behaviour.json(task(7)));

        todo.with(CallOptions.defaults().header("X-Mine", "mine")).tasks().get(7);

        assertThat(server.requests().get(0).header("Authorization")).isEqualTo("Bearer a-token");
        assertThat(server.requests().get(0).header("X-Mine")).isEqualTo("mine");
    }
}
