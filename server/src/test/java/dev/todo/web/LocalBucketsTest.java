package dev.todo.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.web.Buckets.Draw;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LocalBucketsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** Overflows in half a minute, as System.nanoTime() may. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 30 * SECOND);

    private final LocalBuckets buckets =
            new LocalBuckets(new RateLimit("reads", 3, Duration.ofSeconds(60)), nanos::get);

    @Test
    void countsDownAndRefusesTheRest() {
        assertThat(draw("a")).isEqualTo(new Draw(true, 2, 60 * SECOND));
        assertThat(draw("a")).isEqualTo(new Draw(true, 1, 60 * SECOND));
        advance(10 * SECOND);
        assertThat(draw("a")).isEqualTo(new Draw(true, 0, 50 * SECOND));
        assertThat(draw("a")).isEqualTo(new Draw(false, 0, 50 * SECOND));
    }

    @Test
    void isFullAgainWhenTheWindowIsOverAndNotBefore() {
        empty("a");
        advance(60 * SECOND - 1);
        assertThat(draw("a")).isEqualTo(new Draw(false, 0, 1));
        advance(1);
        assertThat(draw("a")).isEqualTo(new Draw(true, 2, 60 * SECOND));
    }

    @Test
    void waitingDoesNotSaveUp() {
        empty("a");
        advance(3600 * SECOND);
        empty("a");
        assertThat(draw("a").granted()).isFalse();
    }

    @Test
    void oneDoesNotTakeFromAnother() {
        empty("a");
        assertThat(draw("b")).isEqualTo(new Draw(true, 2, 60 * SECOND));
    }

    @Test
    void aFloodOfKeysIsForgottenAgain() {
        for (int i = 0; i < 5 * LocalBuckets.MOST; i++) {
            draw("address-" + i);
        }
        assertThat(buckets.size()).isEqualTo(LocalBuckets.MOST);
        advance(61 * SECOND);
        assertThat(buckets.size()).isZero();
    }

    @Test
    void whoKeepsComingIsNotForgottenInAFlood() {
        empty("culprit");
        for (int i = 0; i < 5 * LocalBuckets.MOST; i++) {
            draw("address-" + i);
            if (i % 100 == 0) {
                assertThat(draw("culprit").granted()).isFalse();
            }
        }
    }

    private void empty(String key) {
        for (int i = 0; i < 3; i++) {
            assertThat(draw(key).granted()).isTrue();
        }
    }

    private Draw draw(String key) {
        return buckets.draw(key).blockOptional().orElseThrow();
    }

    private void advance(long time) {
        nanos.addAndGet(time);
    }
}
