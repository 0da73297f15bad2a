package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is tried again, and how often. */
class RetryTest extends FaultTest {
    private static final String GET = "GET /api/me/tasks/7";

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 502, 503, 504})
    void triesAgainAfterAPassingFault(int status) {
        server.script(Behaviour.problem(status, "unavailable"), Behaviour.json(task(7)));

        Answer<Task> answer = todo.answer(client -> client.tasks().get(7));

        assertThat(answer.value().id()).isEqualTo(7);
        assertThat(answer.attempts()).isEqualTo(2);
        assertThat(server.lines()).containsExactly(GET, GET);
    }

    @ParameterizedTest
    @CsvSource({
        "400, BadRequestException",
        "401, UnauthenticatedException",
        "403, ForbiddenException",
        "404, NotFoundException",
        "409, ConflictException",
        "412, PreconditionFailedException",
        "422, InvalidContentException",
        "418, ProblemException",
        "500, ServerException",
        "501, ServerException"
    })
    void takesARefusalForAnAnswer(int status, String exception) {
        server.script(Behaviour.problem(status, "no"));

        assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.getClass().getSimpleName()).isEqualTo(exception);
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.retryable()).isFalse();
            assertThat(refused.requestId()).isEqualTo("req-1");
        });
        assertThat(server.lines()).containsExactly(GET);
    }

    @Test
    void givesUpWhenAFaultDoesNotPass() {
        server.always(Behaviour.problem(503, "unavailable"));

        assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOfSatisfying(ServerException.class, failed -> {
            assertThat(failed.retryable()).isTrue();
            assertThat(failed.outcomeUnknown()).isFalse();
        });
        assertThat(server.lines()).containsExactly(GET, GET, GET, GET);
    }

    @Test
    void triesOnceWhereNoRepetitionIsWanted() {
        server.always(Behaviour.problem(503, "unavailable"));
        TodoClient once = todo.with(CallOptions.defaults().retries(Retries.none()));

        assertThatThrownBy(() -> once.tasks().get(7)).isInstanceOf(ServerException.class);
        assertThat(server.requests()).hasSize(1);

        use(client().retries(Retries.none()));
        assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOf(ServerException.class);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void triesAgainUntilSomebodyListens() throws IOException, InterruptedException {
        int port = FaultServer.unusedPort();
        CountDownLatch refused = new CountDownLatch(2);
        use(client().baseUrl("http://127.0.0.1:" + port)
                .retries(new Retries(100, Duration.ofMillis(100), Duration.ofMillis(100)))
                .observer(afterEachAttempt(refused)));

        // Registering has no key, but what was never sent may be sent again.
        CompletableFuture<SignedIn> call = todo.async().account().register("a@example.com", "password", null);
        assertThat(refused.await(60, TimeUnit.SECONDS)).isTrue();
        try (FaultServer late = new FaultServer(port)) {
            late.script(Behaviour.reply(201, "application/json", signedIn("access", "refresh", 900)));

            assertThat(call.orTimeout(60, TimeUnit.SECONDS).join().accessToken())
                    .isEqualTo("access");
            assertThat(late.requests()).hasSize(1);
        }
    }

    @Test
    void saysThatNothingWasSentWhereNobodyListens() throws IOException {
        use(client().baseUrl("http://127.0.0.1:" + FaultServer.unusedPort()));

        assertThatThrownBy(() -> todo.tasks().create(TaskDraft.titled("Pay the rent")))
                .isInstanceOfSatisfying(ConnectionException.class, failed -> {
                    assertThat(failed).hasMessageContaining("cannot connect");
                    assertThat(failed.retryable()).isTrue();
                    assertThat(failed.outcomeUnknown()).isFalse();
                });
    }

    @Test
    void triesAgainAfterAResetBeforeTheAnswer() {
        server.script(Behaviour.reset(), Behaviour.json(task(7)));

        assertThat(todo.tasks().get(7).id()).isEqualTo(7);
        assertThat(server.lines()).containsExactly(GET, GET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Ty",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"id\":",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n"
            })
    void triesAgainAfterHalfAnAnswer(String half) {
        server.script(Behaviour.reset(half), Behaviour.raw(half), Behaviour.json(task(7)));

        Answer<Task> answer = todo.answer(client -> client.tasks().get(7));

        assertThat(answer.attempts()).isEqualTo(3);
        assertThat(server.lines()).containsExactly(GET, GET, GET);
    }

    @Test
    void triesAgainAfterAConnectionThatWasClosedBeforeTheAnswer() {
        server.always(Behaviour.raw(""));

        assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOf(ConnectionException.class);

        // java.net.http itself asks once more, within each attempt, for what only reads.
        assertThat(server.requests()).hasSizeBetween(4, 8);
    }

    @Test
    void saysThatALostWriteMayHaveBeenCarriedOut() {
        server.always(Behaviour.reset("HTTP/1.1 201 Created\r\n"));

        assertThatThrownBy(() -> todo.tasks().create(TaskDraft.titled("Pay the rent")))
                .isInstanceOfSatisfying(ConnectionException.class, failed -> {
                    assertThat(failed.retryable()).isTrue();
                    assertThat(failed.outcomeUnknown()).isTrue();
                });
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void waitsForARandomTimeBelowABoundThatDoubles() {
        Retries retries = new Retries(10, Duration.ofMillis(100), Duration.ofSeconds(1));
        long[] bounds = {100, 200, 400, 800, 1000, 1000, 1000};
        for (int attempt = 1; attempt <= bounds.length; attempt++) {
            long bound = bounds[attempt - 1];
            long shortest = Long.MAX_VALUE;
            long longest = 0;
            for (int i = 0; i < 2000; i++) {
                long delay = retries.delay(attempt).toNanos();
                assertThat(delay).isBetween(0L, Duration.ofMillis(bound).toNanos());
                shortest = Math.min(shortest, delay);
                longest = Math.max(longest, delay);
            }
            assertThat(shortest).isLessThan(Duration.ofMillis(bound).toNanos() / 20);
            assertThat(longest).isGreaterThan(Duration.ofMillis(bound).toNanos() * 19 / 20);
        }
        assertThat(retries.delay(100)).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(SWIFT.delay(3)).isEqualTo(Duration.ZERO);
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> SWIFT.withMaxAttempts(0));
        assertThatIllegalArgumentException().isThrownBy(() -> SWIFT.withMaxAttempts(101));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SWIFT.withDelays(Duration.ofMillis(-1), Duration.ofMillis(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SWIFT.withDelays(Duration.ofMillis(2), Duration.ofMillis(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TodoClient.builder().timeout(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.defaults().attemptTimeout(Duration.ofMillis(-1)));
    }
}
