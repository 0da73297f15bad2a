package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Guessing passwords, and what it is to their owners. A server of its own, behind a proxy that it trusts, which takes
 * its time: to check many passwords takes seconds.
 */
@Order(Integer.MAX_VALUE - 1)
class GuessingTest extends AccountTest {
    private static final int ALLOWANCE = 10;
    private static final Duration ANOTHER = Duration.ofSeconds(30);

    private final ExecutorService clients = Executors.newCachedThreadPool();

    @DynamicPropertySource
    static void patience(DynamicPropertyRegistry settings) {
        settings.add("request.timeout", () -> "1m");
        settings.add("trusted.proxies", () -> "127.0.0.0/8,::1");
    }

    @AfterEach
    void stop() {
        clients.shutdownNow();
    }

    @Test
    void guessingIsBraked() {
        String email = newEmail();
        register(email);
        for (int i = 0; i < ALLOWANCE; i++) {
            logIn(email, "guess number " + i).expectStatus().isUnauthorized();
        }
        Refused refused = Refused.by(429, "too-many-requests", logIn(email, PASSWORD));
        assertThat(Integer.parseInt(refused.headers().getFirst(HttpHeaders.RETRY_AFTER)))
                .isBetween(1, 30);
        assertThat(refused.detail()).contains("Try again in");

        String other = newEmail();
        register(other);
        logIn(other, PASSWORD).expectStatus().isOk();
    }

    @Test
    void guessingAtAnAddressThatNobodyHasIsBrakedAsWell() {
        String email = newEmail();
        for (int i = 0; i < ALLOWANCE; i++) {
            logIn(email, PASSWORD).expectStatus().isUnauthorized();
        }
        Refused.by(429, "too-many-requests", logIn(email, PASSWORD));
    }

    @Test
    void guessingWhileSignedInIsBrakedAsWell() {
        WebTestClient alice = with(register(newEmail()));
        for (int i = 0; i < ALLOWANCE; i++) {
            Refused refused = Refused.by(422, "invalid-content", changePassword(alice, "guess number " + i));
            assertThat(refused.pointers()).containsExactly("/current_password");
        }
        Refused.by(429, "too-many-requests", changePassword(alice, PASSWORD));
    }

    @Test
    void whoKnowsThePasswordIsNeverBraked() {
        String email = newEmail();
        WebTestClient alice = with(register(email));

        assertThat(atOnce(40, i -> logIn(email, PASSWORD))).containsOnly(200);
        assertThat(atOnce(20, i -> changePassword(alice, PASSWORD))).containsOnly(422);
    }

    @Test
    void guessesAtOnceLearnNoMoreThanGuessesInTurn() {
        String email = newEmail();
        register(email);

        long start = System.nanoTime();
        List<Integer> answers = atOnce(30, i -> logIn(email, i == 15 ? PASSWORD : "guess number " + i));
        long refilled = Duration.ofNanos(System.nanoTime() - start).dividedBy(ANOTHER);

        assertThat(answers).isSubsetOf(200, 401, 429);
        assertThat(answers.stream().filter(status -> status == 401).count())
                .isBetween((long) ALLOWANCE, ALLOWANCE + refilled);
    }

    /** To a password that is refused for being common, so that the current one is checked and stays. */
    private static WebTestClient.ResponseSpec changePassword(WebTestClient client, String current) {
        String body = "{\"current_password\": \"%s\", \"new_password\": \"password1\"}".formatted(current);
        return post(client, "/api/auth/me/password", body);
    }

    private List<Integer> atOnce(int requests, IntFunction<WebTestClient.ResponseSpec> request) {
        List<CompletableFuture<Integer>> statuses = IntStream.range(0, requests)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> request.apply(i)
                                .expectBody()
                                .returnResult()
                                .getStatus()
                                .value(),
                        clients))
                .toList();
        return statuses.stream().map(CompletableFuture::join).toList();
    }
}
