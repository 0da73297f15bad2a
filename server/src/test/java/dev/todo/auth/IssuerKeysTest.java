package dev.todo.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.todo.auth.AuthSettings.Jwks;
import dev.todo.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** The issuer rotates its keys, falls silent, fails and is slow: who is already known must not notice. */
class IssuerKeysTest {
    private static final String SECRET = "a secret of thirty-two bytes, or more";
    private static final int FETCHES_AT_ONCE = 5;
    private static final Duration ANOTHER_FETCH = Duration.ofSeconds(10);

    private final TestClock clock = new TestClock();
    private final FakeIssuer issuer = new FakeIssuer(clock);
    private final TokenVerifier verifier =
            Verifiers.of(new AuthSettings(SECRET, issuer.url() + "/api/auth/", null, null, new Jwks(null)), clock);
    private final Verdicts verdicts = new Verdicts(verifier);

    @AfterEach
    void stop() {
        issuer.close();
        verifier.close();
    }

    @Test
    void noticesRotationAtTheFirstToken() {
        verdicts.accepts(issuer.token("alice"), "alice");
        String before = issuer.token("bob");
        issuer.rotate();
        verdicts.accepts(issuer.token("alice"), "alice");
        verdicts.accepts(before, "bob");
        assertThat(issuer.fetches()).isEqualTo(2);
    }

    @Test
    void noticesRotationsInQuickSuccessionAfterAMoment() {
        for (int fetch = 0; fetch < FETCHES_AT_ONCE; fetch++) {
            issuer.rotate();
            verdicts.accepts(issuer.token("alice"), "alice");
        }
        issuer.rotate();
        verdicts.refuses(issuer.token("alice"), Refusal.UNKNOWN_KEY);
        clock.advance(ANOTHER_FETCH);
        verdicts.accepts(issuer.token("alice"), "alice");
    }

    @Test
    void inventedKeysDoNotHammerTheIssuer() {
        for (int seconds = 0; seconds < 120; seconds++) {
            flood(seconds == 0 ? 200 : 10);
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(issuer.fetches()).isBetween(FETCHES_AT_ONCE + 1, FETCHES_AT_ONCE + 12);
        verdicts.accepts(issuer.token("alice"), "alice");
    }

    private void flood(int tokens) {
        Flux.fromStream(IntStream.range(0, tokens)
                        .mapToObj(n -> issuer.draft("mallory").withHeader("kid", "invented-" + n)))
                .flatMap(
                        draft -> verifier.verify(draft.signedBy(issuer.key())).onErrorResume(refused -> Mono.empty()),
                        50)
                .as(StepVerifier::create)
                .expectComplete()
                .verify(Verdicts.PATIENCE);
    }

    @Test
    void outageCostsNothingOnceTheKeysAreKnown() {
        verdicts.accepts(issuer.token("alice"), "alice");
        issuer.fail(true);
        clock.advance(Duration.ofMinutes(10));
        verdicts.accepts(issuer.token("bob"), "bob");
        verdicts.refuses(unknownKey(), Refusal.UNKNOWN_KEY);
        verdicts.accepts(issuer.token("carol"), "carol");

        issuer.rotate();
        issuer.fail(false);
        clock.advance(ANOTHER_FETCH);
        verdicts.accepts(issuer.token("dave"), "dave");
    }

    @Test
    void saysSoWhenTheKeysWereNeverWithinReach() {
        issuer.fail(true);
        for (int attempt = 0; attempt < 2 * FETCHES_AT_ONCE; attempt++) {
            verdicts.cannotTell(issuer.token("alice"));
        }
        assertThat(verifier.ready()).isFalse();
        assertThat(issuer.fetches()).isEqualTo(FETCHES_AT_ONCE);
        verdicts.accepts(TestToken.of("alice", clock).signedWith(SECRET), "alice");

        issuer.fail(false);
        clock.advance(ANOTHER_FETCH);
        verdicts.accepts(issuer.token("alice"), "alice");
        assertThat(verifier.ready()).isTrue();
    }

    @Test
    void emptySetTakesNoKeysAwayAndNewOnesAreNoticed() {
        verdicts.accepts(issuer.token("alice"), "alice");
        String old = issuer.token("bob");
        issuer.publish();
        clock.advance(Duration.ofMinutes(6));
        verdicts.refuses(unknownKey(), Refusal.UNKNOWN_KEY);
        verdicts.accepts(old, "bob");

        issuer.rotate();
        verdicts.accepts(issuer.token("carol"), "carol");
    }

    @Test
    void issuerWithoutAnyKeysYetIsReadyAndItsFirstTokenAccepted() {
        TestKey first = issuer.key();
        issuer.publish();
        verdicts.refuses(issuer.token("alice"), Refusal.UNKNOWN_KEY);
        assertThat(verifier.ready()).isTrue();
        clock.advance(ANOTHER_FETCH);
        issuer.publish(first);
        verdicts.accepts(issuer.token("alice"), "alice");
    }

    @Test
    void withdrawnKeyIsForgotten() {
        String token = issuer.draft("alice")
                .with("exp", clock.instant().getEpochSecond() + 1_000_000)
                .signedBy(issuer.key());
        verdicts.accepts(token, "alice");
        TestKey withdrawn = issuer.key();
        issuer.rotate();
        issuer.publish(issuer.key());
        verdicts.accepts(issuer.token("bob"), "bob");
        clock.advance(Duration.ofMinutes(10));
        assertThat(issuer.key()).isNotEqualTo(withdrawn);
        verdicts.refuses(token, Refusal.UNKNOWN_KEY);
    }

    @Test
    void slowIssuerHoldsUpNobodyElse() throws Exception {
        Scheduler eventLoop = Schedulers.newSingle("event-loop");
        try {
            verdicts.accepts(issuer.token("alice"), "alice");
            issuer.hold();
            TestKey old = issuer.key();
            issuer.rotate();
            var waiting = verifierOn(eventLoop, issuer.token("bob")).toFuture();

            verifierOn(eventLoop, TestToken.of("carol", clock).signedWith(SECRET))
                    .as(StepVerifier::create)
                    .expectNext(new Caller("carol"))
                    .expectComplete()
                    .verify(Verdicts.PATIENCE);
            verifierOn(eventLoop, issuer.draft("dave").signedBy(old))
                    .as(StepVerifier::create)
                    .expectNext(new Caller("dave"))
                    .expectComplete()
                    .verify(Verdicts.PATIENCE);
            assertThat(waiting).isNotDone();

            issuer.release();
            assertThat(waiting).succeedsWithin(Verdicts.PATIENCE).isEqualTo(new Caller("bob"));
        } finally {
            eventLoop.dispose();
        }
    }

    @Test
    void tokensThatWaitForKeysAreLimitedInNumber() {
        issuer.hold();
        List<String> tokens =
                Stream.generate(() -> issuer.token("alice")).limit(300).toList();
        Flux.fromIterable(tokens)
                .flatMap(
                        token -> verifier.verify(token)
                                .map(good -> good.caller().userId())
                                .onErrorResume(this::typeOf),
                        300)
                .doOnNext(outcome -> issuer.release())
                .collectList()
                .as(StepVerifier::create)
                .assertNext(outcomes -> assertThat(outcomes).hasSize(300).containsOnly("alice", "unavailable"))
                .expectComplete()
                .verify(Verdicts.PATIENCE);
    }

    @Test
    void loadsTheKeysBeforeTheyAreNeededHoweverOftenItTakes() {
        issuer.fail(true);
        verifier.start();
        await().until(() -> issuer.fetches() == 1);
        assertThat(verifier.ready()).isFalse();
        issuer.fail(false);
        await().until(verifier::ready);
        issuer.fail(true);
        verdicts.accepts(issuer.token("alice"), "alice");
        assertThat(issuer.fetches()).isEqualTo(2);
    }

    private String unknownKey() {
        return issuer.draft("mallory").withHeader("kid", "unknown").signedBy(issuer.key());
    }

    private Mono<Caller> verifierOn(Scheduler scheduler, String token) {
        return Mono.defer(() -> verifier.verify(token)).map(AccessToken::caller).subscribeOn(scheduler);
    }

    private Mono<String> typeOf(Throwable error) {
        return Mono.just(((Problem) error).type().code());
    }
}
