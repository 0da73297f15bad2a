package dev.todo.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where access tokens come from: one for all calls, and one new one for however many calls need it. */
final class Tokens {
    /** How long before it expires a token is exchanged, but not earlier than in the last tenth of its time. */
    private static final Duration AHEAD = Duration.ofSeconds(60);

    private static final long TENTHS = 10;

    /** Who does not answer within that is asked again by the next call. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Supplier<CompletableFuture<Token>> source;
    private final Supplier<CompletableFuture<@Nullable Void>> forgetting;
    private final boolean renewable;
    private @Nullable Token token;
    private @Nullable CompletableFuture<@Nullable String> pending;

    private Tokens(
            Supplier<CompletableFuture<Token>> source,
            Supplier<CompletableFuture<@Nullable Void>> forgetting,
            boolean renewable,
            @Nullable Token first) {
        this.source = source;
        this.forgetting = forgetting;
        this.renewable = renewable;
        this.token = first;
    }

    static Tokens fixed(@Nullable String value) {
        Token forever = new Token(value, Instant.MAX, Instant.MAX);
        return new Tokens(() -> CompletableFuture.completedFuture(forever), Tokens::nothing, false, forever);
    }

    static Tokens from(Supplier<CompletableFuture<Token>> source) {
        return new Tokens(source, Tokens::nothing, true, null);
    }

    /** Of a session, which has something else to forget when it ends. */
    static Tokens of(Session session) {
        return new Tokens(session, session::forget, true, null);
    }

    private static CompletableFuture<@Nullable Void> nothing() {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * A token and until when it is good.
     *
     * @param fresh until when it is used without looking for the next
     */
    record Token(@Nullable String value, Instant fresh, Instant expires) {
        static Token lasting(String value, Instant now, Duration lifetime) {
            Duration tenth = lifetime.dividedBy(TENTHS);
            Duration ahead = tenth.compareTo(AHEAD) < 0 ? tenth : AHEAD;
            return new Token(value, now.plus(lifetime).minus(ahead), now.plus(lifetime));
        }

        @Override
        public String toString() {
            return "Token[expires=" + expires + "]";
        }
    }

    /**
     * The token to send; what it returns may be cancelled without harm to others. One that is still good is sent while
     * the next is on its way: nobody waits for that before he must.
     */
    CompletableFuture<@Nullable String> current() {
        CompletableFuture<@Nullable String> next;
        CompletableFuture<@Nullable String> now;
        boolean first;
        synchronized (this) {
            Instant time = Instant.now();
            if (token != null && time.isBefore(token.fresh())) {
                return CompletableFuture.completedFuture(token.value());
            }
            first = pending == null;
            next = pending == null ? new CompletableFuture<>() : pending;
            pending = next;
            now = token != null && time.isBefore(token.expires())
                    ? CompletableFuture.completedFuture(token.value())
                    : next.copy();
        }
        if (first) {
            renew(next);
        }
        return now;
    }

    private void renew(CompletableFuture<@Nullable String> renewal) {
        CompletableFuture<Token> next;
        try {
            next = Waiting.apart(source);
        } catch (Throwable e) {
            next = CompletableFuture.failedFuture(e);
        }
        Call.ended(next.copy().orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS), (value, failure) -> {
            Token result = settle(value);
            if (result != null) {
                renewal.complete(result.value());
            } else {
                renewal.completeExceptionally(reason(failure));
            }
        });
    }

    private static Throwable reason(@Nullable Throwable failure) {
        Throwable cause = failure == null ? new IllegalStateException("there is no token") : Failures.cause(failure);
        return cause instanceof TimeoutException
                ? new CredentialsException("There was no access token within " + LONGEST.toSeconds() + " s.", cause)
                : cause;
    }

    /** The new token or, where there is none, the old one while it is good. */
    private synchronized @Nullable Token settle(@Nullable Token value) {
        pending = null;
        if (value != null) {
            token = value;
        }
        return token != null && (value != null || Instant.now().isBefore(token.expires())) ? token : null;
    }

    /** The server refused this token. Whether another may be had. */
    synchronized boolean refused(String value) {
        if (renewable && token != null && value.equals(token.value())) {
            token = null;
        }
        return renewable;
    }

    /** The session has been ended from this side; what is being renewed meanwhile has ended with it. */
    CompletableFuture<@Nullable Void> forget() {
        drop();
        return settled().thenCompose(ended -> {
            drop();
            return forgetting.get();
        });
    }

    private synchronized void drop() {
        if (renewable) {
            token = null;
        }
    }

    /** Ends when no token is being renewed, however that ended. */
    synchronized CompletableFuture<@Nullable Void> settled() {
        return pending == null ? nothing() : pending.handle((value, failure) -> null);
    }
}
