package dev.todo.accounts;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One sign-in, on one device. It goes on as long as it is refreshed in time. */
public record Session(
        String userId,
        String id,
        Instant createdAt,
        Instant lastUsedAt,
        Instant expiresAt,
        @Nullable String address,
        @Nullable String userAgent) {
    static final Duration LIFETIME = Duration.ofDays(30);
    static final int MOST = 100;

    static Session begin(String userId, Device device, Instant now) {
        return new Session(userId, Secrets.id(), now, now, now.plus(LIFETIME), device.address(), device.userAgent());
    }
}
