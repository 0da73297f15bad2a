package dev.todo.auth;

import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import java.time.Duration;
import reactor.test.StepVerifier;

/** What a verifier has to say about a token. */
record Verdicts(TokenVerifier verifier) {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    void accepts(String token, String user) {
        verifier.verify(token)
                .map(AccessToken::caller)
                .as(StepVerifier::create)
                .expectNext(new Caller(user))
                .expectComplete()
                .verify(PATIENCE);
    }

    void refuses(String token, Refusal refusal) {
        verifier.verify(token)
                .as(StepVerifier::create)
                .expectErrorMatches(error -> error instanceof TokenRefused refused && refused.refusal() == refusal)
                .verify(PATIENCE);
    }

    void cannotTell(String token) {
        verifier.verify(token)
                .as(StepVerifier::create)
                .expectErrorMatches(
                        error -> error instanceof Problem problem && problem.type() == ProblemType.UNAVAILABLE)
                .verify(PATIENCE);
    }
}
