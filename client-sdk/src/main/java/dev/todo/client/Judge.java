package dev.todo.client;

import dev.todo.client.wire.Operation;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Says what the attempts of one call have come to, and whether an earlier one may have been carried out. */
final class Judge<T> {
    private static final Set<Integer> TRANSIENT = Set.of(408, 502, 503, 504);

    private final Operation<?> operation;
    private final Reception<T> reception;
    private final String baseUrl;
    private final Duration attemptTimeout;
    private final boolean reads;
    private volatile boolean outcomeUnknown;

    Judge(Operation<?> operation, Reception<T> reception, String baseUrl, Duration attemptTimeout) {
        this.operation = operation;
        this.reception = reception;
        this.baseUrl = baseUrl;
        this.attemptTimeout = attemptTimeout;
        this.reads = operation.method().equals("GET");
    }

    boolean outcomeUnknown() {
        return outcomeUnknown;
    }

    boolean good(int status) {
        return status / 100 == 2 || (status == 304 && operation.headers().containsKey("If-None-Match"));
    }

    Verdict<T> unanswered(@Nullable Throwable failure) {
        String what = operation.name() + " (" + operation.method() + " " + baseUrl + operation.route() + "): ";
        if (failure instanceof IllegalArgumentException nonsense) {
            throw nonsense;
        }
        if (failure instanceof TodoException closed) {
            return Verdict.failed(closed, false);
        }
        if (failure instanceof InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Verdict.failed(new CallInterruptedException(interrupted, !reads), false);
        }
        if (failure instanceof CancellationException) {
            outcomeUnknown |= !reads;
            return Verdict.failed(
                    new CallTimeoutException(
                            what + "no answer within " + attemptTimeout.toMillis() + " ms.", failure, outcomeUnknown),
                    false);
        }
        boolean unsent = failure != null && Failures.beforeSending(failure);
        outcomeUnknown |= !reads && !unsent;
        return Verdict.failed(Failures.connection(what, failure, unsent, outcomeUnknown), unsent);
    }

    Verdict<T> answered(HttpResponse<Object> answer, int attempts) {
        int status = answer.statusCode();
        if (!good(status)) {
            return refused(answer, attempts);
        }
        try {
            if (status == 304) {
                return done(answer, attempts);
            }
            T value = reception.reader().read(answer.body(), answer.headers());
            return new Verdict<>(new Answer<>(value, status, answer.headers(), attempts), null, false);
        } catch (Reception.UnreadableException e) {
            Reception.discard(answer);
            outcomeUnknown |= !reads;
            return Verdict.failed(Unexpected.unreadable(operation, answer, e, outcomeUnknown), false);
        }
    }

    private Verdict<T> refused(HttpResponse<Object> answer, int attempts) {
        int status = answer.statusCode();
        boolean transientFault = TRANSIENT.contains(status);
        if (transientFault) {
            outcomeUnknown |= !reads;
        }
        if (status == 404 && outcomeUnknown && operation.method().equals("DELETE")) {
            // Gone: by the attempt whose answer was lost, as far as anybody can know.
            return done(answer, attempts);
        }
        TodoException failure = Unexpected.refusal(operation, answer, transientFault || status == 429, outcomeUnknown);
        // What may be tried again without being a fault was not carried out: 429, or a key in use.
        return Verdict.failed(failure, failure.retryable() && !transientFault);
    }

    /** With nothing to read in it. */
    @SuppressWarnings("NullAway") // Who asks for what may be nothing looks whether it is.
    private Verdict<T> done(HttpResponse<Object> answer, int attempts) {
        return new Verdict<>(new Answer<>(null, answer.statusCode(), answer.headers(), attempts), null, false);
    }
}
