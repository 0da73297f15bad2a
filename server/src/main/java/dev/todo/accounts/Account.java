package dev.todo.accounts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A user, as this server knows them. Who signs in elsewhere has neither address nor password hash. */
public record Account(
        String userId,
        @Nullable String email,
        @Nullable String passwordHash,
        @Nullable String name,
        String timeZone,
        Instant createdAt,
        Instant updatedAt) {
    public boolean hasPassword() {
        return passwordHash != null;
    }

    public Account named(@Nullable String newName) {
        return new Account(userId, email, passwordHash, newName, timeZone, createdAt, updatedAt);
    }

    public Account in(String newTimeZone) {
        return new Account(userId, email, passwordHash, name, newTimeZone, createdAt, updatedAt);
    }

    Account hashed(String newHash) {
        return new Account(userId, email, newHash, name, timeZone, createdAt, updatedAt);
    }

    Account at(Instant now) {
        return new Account(userId, email, passwordHash, name, timeZone, createdAt, now);
    }

    @Override
    public String toString() {
        return "Account[" + userId + "]";
    }
}
