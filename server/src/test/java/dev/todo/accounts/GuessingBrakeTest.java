package dev.todo.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.accounts.GuessingBrake.Attempt;
import dev.todo.auth.TestClock;
import dev.todo.problem.Problem;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GuessingBrakeTest {
    private static final int NONE = 0;

    private final TestClock clock = new TestClock();
    private final GuessingBrake brake = new GuessingBrake(clock);

    @Test
    void onlyWrongOnesCount() {
        Attempt alice = from("home");
        for (int i = 0; i < 100; i++) {
            assertThat(secondsToWait(alice)).isEqualTo(NONE);
            assertThat(secondsToWaitAfter(alice, true)).isEqualTo(NONE);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(secondsToWait(alice)).isEqualTo(NONE);
            assertThat(secondsToWaitAfter(alice, false)).isEqualTo(NONE);
        }
        assertThat(secondsToWait(alice)).isEqualTo(30);
        assertThat(secondsToWait(from("another network"))).isEqualTo(NONE);
        assertThat(secondsToWait(new Attempt("bob", "home", false))).isEqualTo(NONE);

        clock.advance(Duration.ofMillis(29_999));
        assertThat(secondsToWait(alice)).isEqualTo(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(secondsToWait(alice)).isEqualTo(NONE);
    }

    @Test
    void attemptsAtOnceLearnNoMoreThanAttemptsInTurn() {
        Attempt alice = from("home");
        for (int i = 0; i < 1_000; i++) {
            assertThat(secondsToWait(alice)).isEqualTo(NONE);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(secondsToWaitAfter(alice, false)).isEqualTo(NONE);
        }
        assertThat(secondsToWaitAfter(alice, false)).isEqualTo(30);
        assertThat(secondsToWaitAfter(alice, true)).isEqualTo(30);
    }

    @Test
    void whatIsRefusedIsNotCounted() {
        exhaust(from("home"), 10);
        for (int i = 0; i < 100; i++) {
            assertThat(secondsToWaitAfter(from("home"), false)).isEqualTo(30);
        }
        assertThat(secondsToWait(from("another network"))).isEqualTo(NONE);
    }

    @Test
    void aNetworkIsBrakedWhateverAccountsItTries() {
        IntStream.range(0, 300)
                .mapToObj(i -> new Attempt("account " + i, "home", true))
                .forEach(attempt -> exhaust(attempt, 1));
        assertThat(secondsToWait(from("home"))).isEqualTo(2);
    }

    /** Who comes again when told to must not be sent away a second time. */
    @Test
    void theLongestWaitIsNamed() {
        exhaust(from("home"), 10);
        IntStream.range(0, 290)
                .mapToObj(i -> new Attempt("account " + i, "home", true))
                .forEach(attempt -> exhaust(attempt, 1));
        assertThat(secondsToWait(from("home"))).isEqualTo(30);
        assertThat(secondsToWait(new Attempt("bob", "home", true))).isEqualTo(2);
    }

    private static Attempt from(String network) {
        return new Attempt("alice", network, false);
    }

    private void exhaust(Attempt attempt, int failures) {
        for (int i = 0; i < failures; i++) {
            assertThat(secondsToWaitAfter(attempt, false)).isEqualTo(NONE);
        }
    }

    private int secondsToWait(Attempt attempt) {
        return secondsToWait(() -> brake.ensureOpen(attempt));
    }

    private int secondsToWaitAfter(Attempt attempt, boolean right) {
        return secondsToWait(() -> brake.judge(attempt, right));
    }

    private static int secondsToWait(Runnable step) {
        try {
            step.run();
            return NONE;
        } catch (Problem refusal) {
            assertThat(refusal.type().status()).isEqualTo(429);
            return Integer.parseInt(refusal.headers().getOrDefault("Retry-After", ""));
        }
    }
}
