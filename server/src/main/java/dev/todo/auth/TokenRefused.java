package dev.todo.auth;

/** A token that is not acceptable, and why. */
public final class TokenRefused extends RuntimeException {
    private final Refusal refusal;

    public TokenRefused(Refusal refusal) {
        // Anybody can send bad tokens: refusing one must cost no stack trace.
        super(refusal.reason(), null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
