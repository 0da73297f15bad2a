package dev.todo.client;

import dev.todo.client.generated.model.SessionJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in, on one device.
 *
 * <pre>{@code
 * for (UserSession session : todo.account().sessions()) {
 *     if (!session.current()) {
 *         todo.account().endSession(session.id());
 *     }
 * }
 * }</pre>
 */
public final class UserSession extends View<SessionJson> {
    UserSession(SessionJson json) {
        super(json);
    }

    /** Its id. */
    public String id() {
        return json.id();
    }

    /** When it began. */
    public Instant createdAt() {
        return json.createdAt();
    }

    /** When it was last used. */
    public Instant lastUsedAt() {
        return json.lastUsedAt();
    }

    /** When it ends unless it is used. */
    public Instant expiresAt() {
        return json.expiresAt();
    }

    /** The address that it was last used from. */
    public @Nullable String address() {
        return json.address();
    }

    /** The program that it was begun with. */
    public @Nullable String userAgent() {
        return json.userAgent();
    }

    /** Whether it is the one that asks. */
    public boolean current() {
        return json.current();
    }
}
