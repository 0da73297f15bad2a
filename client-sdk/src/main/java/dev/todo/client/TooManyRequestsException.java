package dev.todo.client;

import dev.todo.client.generated.model.ProblemJson;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * 429: too many requests; {@link #retryAfter} says when to try again.
 *
 * <pre>{@code
 * try {
 *     todo.tasks().stats();
 * } catch (TooManyRequestsException busy) {
 *     Duration pause = busy.retryAfter().orElse(Duration.ofMinutes(1));
 *     System.out.println("Try again in " + pause.toSeconds() + " s.");
 * }
 * }</pre>
 */
public final class TooManyRequestsException extends ProblemException {
    private static final long serialVersionUID = 1;

    TooManyRequestsException(ProblemJson problem, HttpHeaders headers, Facts facts) {
        super(problem, headers, facts);
    }

    /** For how long to wait, where the answer says so. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(RetryAfter.in(headers(), Instant.now()));
    }
}
