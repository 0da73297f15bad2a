package dev.todo.client;

import dev.todo.client.generated.model.SignedInJson;
import java.time.Duration;

/** An account, and the tokens to act for it. */
public final class SignedIn extends View<SignedInJson> {
    SignedIn(SignedInJson json) {
        super(json);
    }

    /** The access token. */
    public String accessToken() {
        return json.accessToken();
    }

    /** For how long the access token is good. */
    public Duration lifetime() {
        return Duration.ofSeconds(json.expiresIn());
    }

    /** The refresh token, good for one use: see {@link Credentials#session}. */
    public String refreshToken() {
        return json.refreshToken();
    }

    /** The account. */
    public Account account() {
        return new Account(json.user());
    }

    /** Without the tokens. */
    @Override
    public String toString() {
        return "SignedIn[" + account() + "]";
    }
}
