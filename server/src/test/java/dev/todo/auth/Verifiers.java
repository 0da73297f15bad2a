package dev.todo.auth;

import java.time.InstantSource;
import java.util.List;

/** Verifiers as a server has them that has nothing revoked and no previous secret. */
public final class Verifiers {
    private Verifiers() {}

    public static TokenVerifier of(AuthSettings settings, InstantSource clock) {
        Revocations nothing = new Revocations();
        nothing.areKnown();
        List<String> secrets = settings.secret() == null ? List.of() : List.of(settings.secret());
        return new TokenVerifier(
                settings, secrets, new OwnTokens("todo-api", null, settings.secret(), clock), nothing, clock);
    }
}
