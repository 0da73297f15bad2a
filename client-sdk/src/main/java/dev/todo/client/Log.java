package dev.todo.client;

import dev.todo.client.CallObserver.Attempt;
import dev.todo.client.CallObserver.Outcome;
import dev.todo.client.wire.Operation;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the client logs, as {@code dev.todo.client}: attempts at DEBUG, repetitions as well, faults of observers at
 * WARNING. Neither headers nor paths nor bodies are logged, so no token, password or word of a user's can be.
 */
final class Log {
    private static final Logger LOG = System.getLogger("dev.todo.client");

    private Log() {}

    static void attempt(Attempt attempt, Outcome outcome, @Nullable HttpResponse<?> answer) {
        if (LOG.isLoggable(Level.DEBUG)) {
            String result = outcome.status() == null
                    ? String.valueOf(
                            outcome.failure() == null
                                    ? null
                                    : outcome.failure().getClass().getSimpleName())
                    : outcome.status().toString();
            String requestId = answer == null
                    ? "-"
                    : answer.headers().firstValue("X-Request-Id").orElse("-");
            LOG.log(
                    Level.DEBUG,
                    "{0} {1} {2}: {3} in {4} ms, attempt {5}, request {6}",
                    attempt.operation(),
                    attempt.method(),
                    attempt.route(),
                    result,
                    String.valueOf(outcome.duration().toMillis()),
                    String.valueOf(attempt.number()),
                    requestId);
        }
    }

    static void repetition(Operation<?> operation, int attempts, Duration delay) {
        LOG.log(
                Level.DEBUG,
                "{0} failed, attempt {1}; again in {2} ms",
                operation.name(),
                String.valueOf(attempts),
                String.valueOf(delay.toMillis()));
    }

    /** An observer's fault is not the call's. */
    static void guarded(List<CallObserver> observers, Consumer<CallObserver> event) {
        for (CallObserver observer : observers) {
            try {
                event.accept(observer);
            } catch (Throwable e) {
                LOG.log(Level.WARNING, "A call observer failed", e);
            }
        }
    }
}
