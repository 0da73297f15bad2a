package dev.todo.accounts;

import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** In virtual time, so that no busy machine gets in between. */
class BeatTest {
    @ParameterizedTest
    @CsvSource({"0, 250", "56, 250", "80, 250", "249, 250", "251, 500", "1300, 1500"})
    void aRefusalLeavesOnTheNextBeat(int found, int left) {
        StepVerifier.withVirtualTime(() -> new Beat().holdBack(refusedAfter(found)))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(left - 1))
                .thenAwait(Duration.ofMillis(1))
                .verifyError(Problem.class);
    }

    @Test
    void beatsAreCountedFromTheBeginningOfTheAttempt() {
        StepVerifier.withVirtualTime(() -> {
                    Beat beat = new Beat();
                    return Mono.delay(Duration.ofMillis(100)).then(beat.holdBack(refusedAfter(56)));
                })
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(249))
                .thenAwait(Duration.ofMillis(1))
                .verifyError(Problem.class);
    }

    @Test
    void whatIsRightIsNotHeldBack() {
        StepVerifier.withVirtualTime(() -> new Beat().holdBack(Mono.delay(Duration.ofMillis(56))))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(55))
                .thenAwait(Duration.ofMillis(1))
                .expectNextCount(1)
                .verifyComplete();
    }

    private static Mono<Long> refusedAfter(int millis) {
        return Mono.delay(Duration.ofMillis(millis))
                .then(Mono.error(() -> Problem.of(ProblemType.WRONG_CREDENTIALS, "Wrong.")));
    }
}
