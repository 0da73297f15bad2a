package dev.todo.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.accounts.GuessingBrake.Attempt;
import dev.todo.auth.TestClock;
import dev.todo.problem.Problem;
import java.time.Duration;
import java.util.List;
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
        assertThat(secondsToWait(new Attempt("bob", "home", null))).isEqualTo(NONE);

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
                .mapToObj(i -> new Attempt("account " + i, "home", "address"))
                .forEach(attempt -> exhaust(attempt, 1));
        assertThat(secondsToWait(from("home"))).isEqualTo(2);
    }

    /** Who comes again when told to must not be sent away a second time. */
    @Test
    void theLongestWaitIsNamed() {
        exhaust(from("home"), 10);
        IntStream.range(0, 290)
                .mapToObj(i -> new Attempt("account " + i, "home", "address"))
                .forEach(attempt -> exhaust(attempt, 1));
        assertThat(secondsToWait(from("home"))).isEqualTo(30);
        assertThat(secondsToWait(new Attempt("bob", "home", "address"))).isEqualTo(2);
    }

    @Test
    void strangersFromEverywhereAreHeldToFewFailuresEach() {
        raiseAlarm();
        for (String stranger : List.of("new", "newer")) {
            exhaust(from(stranger), 2);
            assertThat(secondsToWait(from(stranger))).isEqualTo(30);
        }
        assertThat(secondsToWaitAfter(from("new"), true)).isEqualTo(30);
        assertThat(secondsToWait(new Attempt("bob", "new", null))).isEqualTo(NONE);
    }

    @Test
    void theEarliestWayInIsNamed() {
        raiseAlarm();
        exhaust(from("home"), 2);
        for (int seconds = 30; seconds > 0; seconds--) {
            assertThat(secondsToWait(from("home"))).isEqualTo(seconds);
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(secondsToWait(from("home"))).isEqualTo(NONE);
    }

    /** However long they go on, and whatever they snatch away: a quarter of an hour later the owner is let in. */
    @Test
    void strangersCannotLockTheOwnerOut() {
        raiseAlarm();
        exhaust(from("home"), 2);
        for (int i = 0; i < 15 * 60; i++) {
            assertThat(secondsToWait(from("home"))).isBetween(1, 30);
            clock.advance(Duration.ofSeconds(1));
            exhaust(from("stranger " + i), 1);
        }
        assertThat(secondsToWait(from("home"))).isEqualTo(NONE);
        assertThat(secondsToWaitAfter(from("home"), true)).isEqualTo(NONE);
    }

    @Test
    void anAlarmThatIsRaisedMeanwhileRefusesNoRightPassword() {
        assertThat(secondsToWait(from("home"))).isEqualTo(NONE);
        raiseAlarm();
        assertThat(secondsToWaitAfter(from("home"), true)).isEqualTo(NONE);
    }

    @Test
    void anAlarmDoesNotConcernKnownAddresses() {
        raiseAlarm();
        Attempt alice = new Attempt("alice", "home", "address");
        exhaust(alice, 10);
        assertThat(secondsToWait(alice)).isEqualTo(30);
    }

    @Test
    void aNeighbourDoesNotConcernKnownAddresses() {
        exhaust(from("home"), 10);
        assertThat(secondsToWait(from("home"))).isEqualTo(30);
        exhaust(new Attempt("alice", "home", "address"), 10);
        assertThat(secondsToWait(new Attempt("alice", "home", "another address")))
                .isEqualTo(NONE);
    }

    @Test
    void anAlarmEndsWhenNobodyFails() {
        raiseAlarm();
        exhaust(from("home"), 2);
        clock.advance(Duration.ofSeconds(30));
        exhaust(from("home"), 1);
        assertThat(secondsToWait(from("home"))).isPositive();
        clock.advance(Duration.ofMinutes(25));
        exhaust(from("home"), 10);
    }

    private void raiseAlarm() {
        IntStream.range(0, 50).forEach(i -> exhaust(from("network " + i), 1));
    }

    private static Attempt from(String network) {
        return new Attempt("alice", network, null);
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
