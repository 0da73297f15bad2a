package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.todo.client.FaultServer.Received;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How long calls may take. */
class TimeoutTest extends FaultTest {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONGER = Duration.ofSeconds(2);
    private static final CallOptions IMPATIENT =
            CallOptions.defaults().attemptTimeout(SHORT).retries(SWIFT.withMaxAttempts(20));

    @Test
    void anAttemptWithoutAnAnswerIsGivenUpAndRepeated() throws InterruptedException {
        server.script(Behaviour.silence()).always(Behaviour.json(task(7)));

        Answer<Task> answer =
                todo.with(IMPATIENT).answer(client -> client.tasks().get(7));

        assertThat(answer.attempts()).isGreaterThanOrEqualTo(2);
        server.request(0).connection().awaitEnd();
    }

    @Test
    void anAttemptWhoseBodyDripsIsGivenUpAndRepeated() throws InterruptedException {
        server.script(
                        Behaviour.drip(),
                        Behaviour.halting(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"))
                .always(Behaviour.json(task(7)));

        Answer<Task> answer =
                todo.with(IMPATIENT).answer(client -> client.tasks().get(7));

        assertThat(answer.attempts()).isGreaterThanOrEqualTo(3);
        server.request(0).connection().awaitEnd();
        server.request(1).connection().awaitEnd();
    }

    @Test
    void aWriteWithoutAnAnswerHasAnUnknownOutcome() {
        server.always(Behaviour.silence());
        CallOptions once = IMPATIENT.retries(Retries.none());

        assertThatThrownBy(() -> todo.with(once).tasks().create(TaskDraft.titled("Pay the rent")))
                .isInstanceOfSatisfying(CallTimeoutException.class, late -> {
                    assertThat(late.outcomeUnknown()).isTrue();
                    assertThat(late.retryable()).isTrue();
                    assertThat(late).hasMessageContaining("createTask").hasMessageContaining("500 ms");
                });
        assertThatThrownBy(() -> todo.with(once).tasks().get(7))
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        late -> assertThat(late.outcomeUnknown()).isFalse());
        assertThat(server.requests()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aCallEndsInTimeWhateverItsAttemptsDo() throws InterruptedException {
        server.script(Behaviour.problem(503, "unavailable")).always(Behaviour.silence());

        assertThatThrownBy(() -> todo.with(CallOptions.defaults().timeout(LONGER))
                        .tasks()
                        .update(7, TaskPatch.change().completed(true)))
                .isInstanceOfSatisfying(CallTimeoutException.class, late -> {
                    assertThat(late).hasMessageContaining("2 attempts");
                    assertThat(late.outcomeUnknown()).isTrue();
                });
        server.request(1).connection().awaitEnd();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aCallThatEndsWhileItWaitsForItsFirstTokenWasNeverSent() throws InterruptedException {
        use(client().credentials(Credentials.password("a@example.com", "password")));
        server.always(Behaviour.silence());

        assertThatThrownBy(() -> todo.with(CallOptions.defaults().timeout(SHORT))
                        .tasks()
                        .create(TaskDraft.titled("Pay the rent")))
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        late -> assertThat(late.outcomeUnknown()).isFalse());
        assertThat(server.request(0).target()).isEqualTo("/api/auth/login");
    }

    @Test
    void aCallThatEndsWhileItWaitsForAnotherTokenHasAKnownOutcome() {
        use(client().credentials(Credentials.password("a@example.com", "password")));
        server.script(
                        Behaviour.json(signedIn("access", "refresh", 3600)),
                        Behaviour.json(task(7)),
                        Behaviour.problem(401, "unauthenticated"))
                .always(Behaviour.silence());
        todo.tasks().get(7);

        assertThatThrownBy(() -> todo.with(CallOptions.defaults().timeout(LONGER))
                        .tasks()
                        .create(TaskDraft.titled("Pay the rent")))
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        late -> assertThat(late.outcomeUnknown()).isFalse());
        assertThat(server.requests().get(3).target()).isEqualTo("/api/auth/refresh");
    }

    @Test
    void whatIsDoneWithALateCallDoesNotKeepOthersFromEndingInTime() throws InterruptedException {
        server.always(Behaviour.silence());
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger entered = new AtomicInteger();
        AsyncTodoClient impatient = todo.async().with(CallOptions.defaults().timeout(SHORT));

        CompletableFuture<Void> blocked = impatient.tasks().get(1).handle((task, failure) -> {
            entered.incrementAndGet();
            awaitQuietly(over);
            return null;
        });
        CompletableFuture<Task> other = todo.async()
                .with(CallOptions.defaults().timeout(SHORT.multipliedBy(2)))
                .tasks()
                .get(2);

        assertThat(failure(other)).isInstanceOf(CallTimeoutException.class);
        over.countDown();
        assertThat(blocked.orTimeout(60, TimeUnit.SECONDS).join()).isNull();
        assertThat(entered).hasValue(1);
    }

    @Test
    void aTimeOutIsAYearAtMost() {
        for (Duration bad : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThatIllegalArgumentException().isThrownBy(() -> client().timeout(bad));
        }
        Duration year = Duration.ofDays(365);
        server.always(Behaviour.json(task(7)));
        use(client().timeout(year).attemptTimeout(year).connectTimeout(year));

        assertThat(todo.tasks().get(7).id()).isEqualTo(7);
    }

    @Test
    void aCancelledCallEndsItsExchange() throws InterruptedException {
        server.always(Behaviour.silence());
        CompletableFuture<Task> call = todo.async().tasks().get(7);
        Received request = server.request(0);

        assertThat(call.cancel(true)).isTrue();

        request.connection().awaitEnd();
        assertThat(call).isCancelled();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void cancellingWhatWasMadeOfACallEndsItsExchange() throws InterruptedException {
        server.always(Behaviour.halting("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"));
        CompletableFuture<Integer> title = todo.async()
                .tasks()
                .modify(7, task -> TaskPatch.change().completed(true))
                .thenApply(Task::title)
                .thenApply(String::length);
        Received request = server.request(0);

        title.cancel(true);

        request.connection().awaitEnd();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aCallCancelledBetweenTwoAttemptsHasNoOther() throws InterruptedException {
        CountDownLatch received = new CountDownLatch(1);
        use(client().observer(afterEachAttempt(received)));
        server.script(Behaviour.problem(503, "unavailable", "Retry-After: 30"));
        CompletableFuture<Task> cancelled = todo.async().tasks().get(7);
        assertThat(received.await(60, TimeUnit.SECONDS)).isTrue();

        cancelled.cancel(true);

        server.always(Behaviour.json(task(8)));
        assertThat(todo.tasks().get(8).id()).isEqualTo(8);
        assertThat(server.lines()).containsExactly("GET /api/me/tasks/7", "GET /api/me/tasks/8");
    }

    @Test
    void anInterruptedThreadEndsItsCallAndStaysInterrupted() throws InterruptedException {
        server.always(Behaviour.silence());
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                todo.tasks().get(7);
            } catch (RuntimeException e) {
                failure.complete(e);
            }
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        thread.start();
        Received request = server.request(0);

        thread.interrupt();

        request.connection().awaitEnd();
        assertThat(failure.orTimeout(60, TimeUnit.SECONDS).join()).isInstanceOf(CallInterruptedException.class);
        assertThat(interrupted.orTimeout(60, TimeUnit.SECONDS).join()).isTrue();
    }

    static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
