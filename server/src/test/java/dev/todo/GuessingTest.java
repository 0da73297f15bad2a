package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

        assertThat(answers).isSubsetOf(200, 401, 429);
        assertThat(answers.stream().filter(status -> status == 401).count())
                .isBetween((long) ALLOWANCE, ALLOWANCE + refilledSince(start));
    }

    @Test
    void strangersEverywhereCannotLockTheOwnerOut() {
        String email = newEmail();
        register(email);
        long start = System.nanoTime();
        assertThat(atOnce(50, i -> logInFrom("198.51.100." + i, email, "guess number " + i)))
                .containsOnly(401);

        List<Integer> learnt = Stream.generate(() -> status(logInFrom("203.0.113.1", email, "another guess")))
                .takeWhile(status -> status == 401)
                .toList();
        assertThat(learnt.size()).isBetween(2, 2 + (int) refilledSince(start));
        Refused refused = Refused.by(429, "too-many-requests", logInFrom("203.0.113.1", email, PASSWORD));
        assertThat(Integer.parseInt(refused.headers().getFirst(HttpHeaders.RETRY_AFTER)))
                .isBetween(1, 30);

        logInFrom("192.0.2.1", email, PASSWORD).expectStatus().isOk();
        logInFrom("192.0.2.1", email, "mistyped").expectStatus().isUnauthorized();
        logIn(email, PASSWORD).expectStatus().isOk();
    }

    @Test
    void aNeighbourCannotKeepOutWhoIsSignedIn() {
        String email = newEmail();
        register(email);
        logInFrom("2001:db8::1", email, PASSWORD).expectStatus().isOk();
        for (int i = 0; i < ALLOWANCE; i++) {
            logInFrom("2001:db8::2", email, "guess number " + i).expectStatus().isUnauthorized();
        }
        Refused.by(429, "too-many-requests", logInFrom("2001:db8::3", email, PASSWORD));
        logInFrom("2001:db8::1", email, PASSWORD).expectStatus().isOk();
    }

    private WebTestClient.ResponseSpec logInFrom(String address, String email, String password) {
        WebTestClient client =
                anyone.mutate().defaultHeader("X-Forwarded-For", address).build();
        return post(client, "/api/auth/login", credentials(email, password));
    }

    private static long refilledSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).dividedBy(ANOTHER);
    }

    /** To a password that is refused for being common, so that the current one is checked and stays. */
    private static WebTestClient.ResponseSpec changePassword(WebTestClient client, String current) {
        String body = "{\"current_password\": \"%s\", \"new_password\": \"password1\"}".formatted(current);
        return post(client, "/api/auth/me/password", body);
    }

    private List<Integer> atOnce(int requests, IntFunction<WebTestClient.ResponseSpec> request) {
        List<CompletableFuture<Integer>> statuses = IntStream.range(0, requests)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> status(request.apply(i)), clients))
                .toList();
        return statuses.stream().map(CompletableFuture::join).toList();
    }

    private static int status(WebTestClient.ResponseSpec response) {
        return response.expectBody().returnResult().getStatus().value();
    }
}
