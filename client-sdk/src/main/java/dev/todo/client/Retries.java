package dev.todo.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How failed attempts are repeated: after a connection failure and after 408, 429, 502, 503 and 504, where it is safe
 * to repeat the request. The wait before each grows exponentially and is random, from nothing up to its bound ("full
 * jitter"); a {@code Retry-After} is waited for instead. All calls of a client share a budget, so that a server in
 * trouble is not asked ever more often: each repetition takes one of 50 tokens, and each success puts back a tenth.
 *
 * <pre>{@code
 * TodoClient patient = TodoClient.builder()
 *         .baseUrl("https://todo.example")
 *         .retries(Retries.standard().withMaxAttempts(6).withDelays(Duration.ofMillis(500), Duration.ofSeconds(30)))
 *         .build();
 * }</pre>
 *
 * @param maxAttempts how often a request is sent at most, the first time included
 * @param firstDelay the bound of the first wait, which doubles from wait to wait
 * @param longestDelay the bound that it grows up to
 */
public record Retries(int maxAttempts, Duration firstDelay, Duration longestDelay) {
    /** Checks the values. */
    public Retries {
        if (maxAttempts < 1 || maxAttempts > 100) {
            throw new IllegalArgumentException("maxAttempts must be from 1 to 100");
        }
        if (firstDelay.isNegative() || longestDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException("delays must not be negative, nor the longest shorter than the first");
        }
    }

    /** Four attempts, with waits of up to 200 ms, 400 ms and 800 ms. */
    public static Retries standard() {
        return new Retries(4, Duration.ofMillis(200), Duration.ofSeconds(10));
    }

    /** One attempt, and no other. */
    public static Retries none() {
        return standard().withMaxAttempts(1);
    }

    /** The same with another number of attempts. */
    public Retries withMaxAttempts(int attempts) {
        return new Retries(attempts, firstDelay, longestDelay);
    }

    /** The same with other waits. */
    public Retries withDelays(Duration first, Duration longest) {
        return new Retries(maxAttempts, first, longest);
    }

    /** How long to wait after so many attempts. */
    Duration delay(int attempts) {
        double bound =
                Math.min((double) firstDelay.toNanos() * Math.pow(2, attempts - 1), (double) longestDelay.toNanos());
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong((long) bound + 1));
    }
}
