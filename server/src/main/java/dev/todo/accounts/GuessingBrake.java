package dev.todo.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import dev.todo.values.Ticks;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Slows down the guessing of passwords: of one account from one network, of many accounts from one network, and of one
 * account from many networks. How many fail from one network is a wall to that network alone. How many fail at one
 * account is an alarm: strangers can keep it up for as long as they like, so it must not lock the owner out, and leaves
 * each unknown network a few failures of its own.
 */
@Component
class GuessingBrake {
    private static final int MOST = 100_000;

    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(Duration.ofHours(2))
            .build();
    private final InstantSource clock;

    GuessingBrake(InstantSource clock) {
        this.clock = clock;
    }

    /** {@code knownAddress}: where the attempt comes from, if somebody is signed in to the account from there. */
    record Attempt(String account, String network, @Nullable String knownAddress) {}

    /** Throws when it is too early for another attempt. */
    void ensureOpen(Attempt attempt) {
        ensureNoneIsEmpty(bucketsFor(attempt));
    }

    /**
     * Only what is wrong is counted, so that right ones at once do not brake each other. What was sent at once is let in
     * at once, so it is judged again in the order in which it is found out: when others have used up the failures, the
     * answer is the same whether the password is right or wrong.
     */
    synchronized void judge(Attempt attempt, boolean right) {
        List<Bucket> buckets = bucketsFor(attempt);
        ensureNoneIsEmpty(buckets);
        if (!right) {
            buckets.forEach(bucket -> bucket.tryConsume(1));
        }
    }

    private List<Bucket> bucketsFor(Attempt attempt) {
        Bucket ofNetwork = bucket("network:" + attempt.network(), 300, Duration.ofSeconds(2));
        return attempt.knownAddress() == null
                ? List.of(pair("unknown", attempt.network(), attempt), ofNetwork, ofAccount(attempt))
                : List.of(pair("known", attempt.knownAddress(), attempt), ofNetwork);
    }

    private Bucket pair(String kind, String origin, Attempt attempt) {
        return bucket(kind + ':' + origin + ' ' + attempt.account(), 10, Duration.ofSeconds(30));
    }

    /** Whichever lets in sooner, since either will do: the one for all networks, or during an alarm the network's own. */
    private Bucket ofAccount(Attempt attempt) {
        Bucket everywhere = bucket("account:" + attempt.account(), 50, Duration.ofSeconds(30));
        if (nanosToWait(everywhere) == 0) {
            return everywhere;
        }
        Bucket here = duringAlarm(attempt);
        return nanosToWait(here) < nanosToWait(everywhere) ? here : everywhere;
    }

    /** Two, to mistype the right password once and again; and a thirtieth of what a network may fail otherwise. */
    private Bucket duringAlarm(Attempt attempt) {
        return bucket("alarm:" + attempt.network() + ' ' + attempt.account(), 2, Duration.ofMinutes(15));
    }

    private Bucket bucket(String key, int most, Duration another) {
        return buckets.get(
                key,
                absent -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(most).refillGreedy(1, another))
                        .withCustomTimePrecision(new Ticks(clock))
                        .build());
    }

    private static void ensureNoneIsEmpty(List<Bucket> buckets) {
        long wait = buckets.stream().mapToLong(GuessingBrake::nanosToWait).max().orElse(0);
        if (wait > 0) {
            throw tooMany(wait);
        }
    }

    private static long nanosToWait(Bucket bucket) {
        return bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    }

    private static Problem tooMany(long nanos) {
        long seconds = Duration.ofNanos(nanos).plusMillis(999).toSeconds();
        return Problem.of(
                        ProblemType.TOO_MANY_REQUESTS,
                        "There were too many failed attempts. Try again in %d seconds.".formatted(seconds))
                .with("Retry-After", Long.toString(seconds));
    }
}
