package dev.todo.accounts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Slows down the guessing of passwords: of one account from one address, of many accounts from one address, and of one
 * account from many addresses. The last spares addresses from which somebody is signed in to the account, so that
 * strangers cannot lock its owner out.
 */
@Component
class GuessingBrake {
    private static final int MOST = 100_000;

    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(Duration.ofHours(2))
            .build();

    /** One attempt. It counts as a failure while it lasts, so that guesses sent all at once are braked, too. */
    static final class Attempt {
        private final List<Bucket> buckets;
        private boolean failed;

        private Attempt(List<Bucket> buckets) {
            this.buckets = buckets;
        }

        /** The password is wrong. */
        void failed() {
            failed = true;
        }

        /** Right, or not found out because the client has gone or the time was over. */
        void end() {
            if (!failed) {
                buckets.forEach(bucket -> bucket.addTokens(1));
            }
        }
    }

    /** Throws when it is too early for another attempt. */
    Attempt attempt(String account, String address, boolean addressIsKnown) {
        Bucket pair = bucket("pair:" + address + ' ' + account, () -> failures(10, Duration.ofSeconds(30)));
        Bucket ofAddress = bucket("address:" + address, () -> failures(300, Duration.ofSeconds(2)));
        Bucket ofAccount = bucket("account:" + account, () -> failures(50, Duration.ofSeconds(30)));
        List<Bucket> all = addressIsKnown ? List.of(pair, ofAddress) : List.of(pair, ofAddress, ofAccount);
        for (int i = 0; i < all.size(); i++) {
            ConsumptionProbe probe = all.get(i).tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                new Attempt(all.subList(0, i)).end();
                throw tooMany(probe.getNanosToWaitForRefill());
            }
        }
        return new Attempt(all);
    }

    private Bucket bucket(String key, Supplier<Bucket> anew) {
        return buckets.get(key, absent -> anew.get());
    }

    private static Bucket failures(int most, Duration another) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(most).refillGreedy(1, another))
                .build();
    }

    private static Problem tooMany(long nanos) {
        long seconds = Duration.ofNanos(nanos).plusMillis(999).toSeconds();
        return Problem.of(
                        ProblemType.TOO_MANY_REQUESTS,
                        "There were too many failed attempts. Try again in %d seconds.".formatted(seconds))
                .with("Retry-After", Long.toString(seconds));
    }
}
