package dev.todo.client;

import dev.todo.client.Tokens.Token;
import dev.todo.client.generated.AccountsOperations;
import dev.todo.client.generated.model.LogInJson;
import dev.todo.client.generated.model.SessionRefreshJson;
import dev.todo.client.generated.model.SignedInJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A session at the server: refreshed while that is possible, begun anew where there is a password. */
final class Session implements Supplier<CompletableFuture<Token>> {
    /** The refresh token is unknown, or is none at all. */
    private static final Set<Integer> SPENT = Set.of(400, 401, 422);

    private final Engine engine;
    private final TokenStore store;
    /** What the store did not take: without it, the session would be lost. */
    private volatile @Nullable String unsaved;

    private final @Nullable Login login;

    Session(Engine engine, TokenStore store, @Nullable Login login) {
        this.engine = engine;
        this.store = store;
        this.login = login;
    }

    record Login(String email, String password) {
        @Override
        public String toString() {
            return "Login";
        }
    }

    @Override
    public CompletableFuture<Token> get() {
        return stored().thenCompose(refreshToken -> refreshToken == null ? logIn() : refresh(refreshToken, true));
    }

    private CompletableFuture<Token> refresh(String refreshToken, boolean first) {
        Instant asked = Instant.now();
        return engine.send(
                        AccountsOperations.refreshSession(new SessionRefreshJson(refreshToken)), CallOptions.defaults())
                .thenCompose(answer -> keep(answer.value(), asked))
                .exceptionallyCompose(failure -> refused(failure, refreshToken, first));
    }

    /** Somebody who shares the store may have been faster. */
    private CompletableFuture<Token> refused(Throwable failure, String refreshToken, boolean first) {
        if (!(Failures.cause(failure) instanceof ProblemException problem) || !SPENT.contains(problem.status())) {
            return CompletableFuture.failedFuture(Failures.cause(failure));
        }
        return stored().thenCompose(other -> {
            if (first && other != null && !other.equals(refreshToken)) {
                return refresh(other, false);
            }
            return login == null
                    ? CompletableFuture.failedFuture(Failures.cause(failure))
                    : save(null).thenCompose(forgotten -> logIn());
        });
    }

    private CompletableFuture<Token> logIn() {
        if (login == null) {
            return CompletableFuture.failedFuture(
                    new CredentialsException("There is no session: the store has no refresh token.", null));
        }
        Instant asked = Instant.now();
        return engine.send(
                        AccountsOperations.logIn(new LogInJson(login.email(), login.password())),
                        CallOptions.defaults())
                .thenCompose(answer -> keep(answer.value(), asked));
    }

    /** The refresh token is kept before the access token is used: what is spent must not come back. */
    private CompletableFuture<Token> keep(SignedInJson signedIn, Instant asked) {
        Credentials.check(signedIn.accessToken());
        Token token = Token.lasting(signedIn.accessToken(), asked, Duration.ofSeconds(signedIn.expiresIn()));
        return save(signedIn.refreshToken()).thenApply(saved -> token);
    }

    /** What has been ended must not be refreshed, nor be found by the next program. */
    CompletableFuture<@Nullable Void> forget() {
        return save(null);
    }

    private CompletableFuture<@Nullable String> stored() {
        return onStore(() -> {
            String token = unsaved == null ? store.load() : unsaved;
            return token == null || token.isBlank() ? null : token.strip();
        });
    }

    private CompletableFuture<@Nullable Void> save(@Nullable String refreshToken) {
        return onStore(() -> {
            unsaved = refreshToken;
            store.save(refreshToken);
            unsaved = null;
            return null;
        });
    }

    private <T extends @Nullable Object> CompletableFuture<T> onStore(Callable<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.call();
                    } catch (Exception e) {
                        throw new CredentialsException("The token store failed: " + e, e);
                    }
                },
                engine.pool);
    }
}
