package dev.todo.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/** Buckets in the memory of this process: a bounded number, however many addresses a flood may come from. */
final class LocalBuckets implements Buckets {
    static final int MOST = 20_000;

    private final Cache<String, Bucket> buckets;
    private final Bandwidth bandwidth;
    private final TimeMeter time;

    LocalBuckets(RateLimit limit, LongSupplier nanoTime) {
        // Whoever has not come for a whole window has a full bucket, and a forgotten one starts full.
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(limit.window())
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
        this.bandwidth = Bandwidth.builder()
                .capacity(limit.count())
                .refillIntervally(limit.count(), limit.window())
                .build();
        this.time = new NanoTime(nanoTime, nanoTime.getAsLong());
    }

    /** Bucket4j compares instants, which {@link System#nanoTime} does not allow: it may overflow. */
    private record NanoTime(LongSupplier source, long start) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return source.getAsLong() - start;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    @Override
    public Mono<Draw> draw(String key) {
        ConsumptionProbe probe = buckets.get(key, this::fullBucket).tryConsumeAndReturnRemaining(1);
        return Mono.just(new Draw(probe.isConsumed(), probe.getRemainingTokens(), probe.getNanosToWaitForReset()));
    }

    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket fullBucket(String key) {
        return Bucket.builder()
                .addLimit(bandwidth)
                .withCustomTimePrecision(time)
                .build();
    }
}
