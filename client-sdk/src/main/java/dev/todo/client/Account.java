package dev.todo.client;

import dev.todo.client.generated.model.AccountJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A user, as the server knows them. */
public final class Account extends View<AccountJson> {
    Account(AccountJson json) {
        super(json);
    }

    /** The id of the user. */
    public String id() {
        return json.id();
    }

    /** The address; null for a user of another issuer. */
    public @Nullable String email() {
        return json.email();
    }

    /** What the user wants to be called. */
    public @Nullable String name() {
        return json.name();
    }

    /** The time zone, by its IANA name. */
    public String timeZone() {
        return json.timeZone();
    }

    /** Whether the user logs in here. */
    public boolean hasPassword() {
        return json.hasPassword();
    }

    /** When the account was made, or the user was first met. */
    public Instant createdAt() {
        return json.createdAt();
    }

    /** When the account was last changed. */
    public Instant updatedAt() {
        return json.updatedAt();
    }
}
