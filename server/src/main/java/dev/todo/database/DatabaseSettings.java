package dev.todo.database;

import dev.todo.problem.StartRefused;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** {@code DATABASE_URL} (unset: the embedded PostgreSQL), {@code DATABASE_POOL_SIZE}, {@code DATABASE_ACQUIRE_TIMEOUT}. */
@ConfigurationProperties("database")
record DatabaseSettings(
        @Nullable String url,
        @DefaultValue Pool pool,
        @DefaultValue Acquire acquire) {
    static final int LARGEST_POOL = 30;

    DatabaseSettings {
        url = url == null || url.isBlank() ? null : url.strip();
    }

    record Pool(@DefaultValue("10") int size) {
        Pool {
            if (size < 1 || size > LARGEST_POOL) {
                throw new StartRefused(
                        "DATABASE_POOL_SIZE is %d: set it to a number from 1 to %d.".formatted(size, LARGEST_POOL));
            }
        }
    }

    record Acquire(@DefaultValue("5s") Duration timeout) {
        private static final Duration SHORTEST = Duration.ofMillis(100);
        private static final Duration LONGEST = Duration.ofMinutes(5);

        Acquire {
            if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
                throw new StartRefused("DATABASE_ACQUIRE_TIMEOUT must be a time from 100ms to 5m, for example 5s.");
            }
        }
    }
}
