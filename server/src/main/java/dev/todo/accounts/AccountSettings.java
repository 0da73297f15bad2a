package dev.todo.accounts;

import dev.todo.auth.OwnKey;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Whether this server keeps accounts of its own, and how it signs their tokens. */
@ConfigurationProperties("accounts")
public record AccountSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("todo-api") String issuer,
        @Nullable String signingKey) {
    public AccountSettings {
        if (signingKey != null) {
            OwnKey.parse(signingKey);
        }
    }

    /** The key of its own to sign with, if there is one. */
    public @Nullable OwnKey key() {
        return signingKey == null ? null : OwnKey.parse(signingKey);
    }

    @Override
    public String toString() {
        return "AccountSettings[enabled=" + enabled + ", issuer=" + issuer + "]";
    }
}
