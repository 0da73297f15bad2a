package dev.todo.auth;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import dev.todo.problem.Problem;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Tokens that the issuer signed with one of its private keys. Checking one is too slow for the event loop. */
final class IssuerTokens implements AutoCloseable {
    private static final int MOST_WAITING = 1_000;
    private static final int IDLE_SECONDS = 60;

    private final IssuerKeys keys;
    private final ClaimRules rules;
    private final Scheduler checkers = Schedulers.newBoundedElastic(
            Runtime.getRuntime().availableProcessors(), MOST_WAITING, "token-signatures", IDLE_SECONDS, true);

    IssuerTokens(IssuerKeys keys, ClaimRules rules) {
        this.keys = keys;
        this.rules = rules;
    }

    /** Answers on a thread that the rest of the request may keep, so that it does not hold up the next signature. */
    Mono<AccessToken> verify(SignedJWT token) {
        return keys.matching(token.getHeader())
                .publishOn(checkers)
                .map(candidates -> verify(token, candidates))
                .publishOn(Schedulers.parallel())
                .onErrorMap(
                        RejectedExecutionException.class,
                        full -> Problem.unavailable("Too many tokens are waiting to be checked. Try again.", full));
    }

    private AccessToken verify(SignedJWT token, List<JWK> candidates) {
        if (candidates.isEmpty()) {
            throw new TokenRefused(Refusal.UNKNOWN_KEY);
        }
        if (candidates.stream().noneMatch(key -> Signatures.isBy(key, token))) {
            throw new TokenRefused(Refusal.BAD_SIGNATURE);
        }
        return rules.verify(token);
    }

    void start() {
        keys.start();
    }

    boolean ready() {
        return keys.loaded();
    }

    @Override
    public void close() {
        keys.close();
        checkers.dispose();
    }
}
