package dev.todo.client;

import dev.todo.client.CallObserver.Attempt;
import dev.todo.client.CallObserver.Outcome;
import dev.todo.client.wire.Operation;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One call: its attempts, one after the other, until one has an answer that counts. */
final class Exchange<T> {
    private static final int LONGEST_PROBLEM = 1024 * 1024;
    private static final Set<String> REPEATABLE = Set.of("GET", "PUT", "PATCH", "DELETE");
    /** The server takes a refresh token again within ten seconds, and ends the session later. */
    private static final Duration REFRESH_AGAIN = Duration.ofSeconds(8);

    private final Engine engine;
    private final Operation<?> operation;
    private final CallOptions options;
    private final @Nullable BodyPublisher body;
    private final Reception<T> reception;
    private final Retries retries;
    private final Duration timeout;
    private final Duration attemptTimeout;
    private final Call<Answer<T>> call = new Call<>();
    private final CallReport report;
    private final long begun = System.nanoTime();
    private int attempts;
    private boolean renewed;
    private volatile boolean outcomeUnknown;

    Exchange(
            Engine engine,
            Operation<?> operation,
            CallOptions options,
            @Nullable BodyPublisher body,
            Reception<T> reception,
            Duration timeout,
            Duration attemptTimeout) {
        this.engine = engine;
        this.operation = operation;
        this.options = options;
        this.body = body;
        this.reception = reception;
        this.retries = options.retriesOr(engine.retries);
        this.report = new CallReport(engine.observers);
        this.timeout = timeout;
        this.attemptTimeout = attemptTimeout;
    }

    Call<Answer<T>> call() {
        return call;
    }

    void start() {
        Future<?> end = after(timeout, this::expire);
        Call.ended(call, (answer, failure) -> {
            end.cancel(false);
            report.over(failure == null ? null : Failures.cause(failure));
        });
        attempt();
    }

    private void attempt() {
        if (call.isDone()) {
            return;
        }
        if (!operation.authenticated()) {
            transmit(null);
            return;
        }
        CompletableFuture<@Nullable String> token = engine.tokens.current();
        call.awaits(token);
        Call.ended(token, (value, failure) -> {
            if (failure == null) {
                transmit(value);
            } else {
                call.completeExceptionally(Failures.noToken(operation.name(), Failures.cause(failure)));
            }
        });
    }

    private void transmit(@Nullable String token) {
        attempts++;
        Attempt attempt = new Attempt(operation.name(), operation.method(), operation.route(), attempts);
        long started = System.nanoTime();
        HttpRequest request;
        try {
            request = request(token, attempt);
        } catch (RuntimeException e) {
            call.completeExceptionally(e);
            return;
        }
        report.sent();
        CompletableFuture<HttpResponse<Object>> response = Waiting.here() ? new Waiting() : sent(request);
        call.awaits(response);
        Future<?> limit = after(attemptTimeout, () -> response.cancel(true));
        Call.ended(response, (answer, failure) -> {
            limit.cancel(false);
            Duration duration = Duration.ofNanos(System.nanoTime() - started);
            try {
                settle(attempt, duration, token, answer, failure == null ? null : Failures.cause(failure));
            } catch (Throwable e) {
                call.completeExceptionally(e);
            }
        });
        if (response instanceof Waiting waiting) {
            waiting.send(() -> engine.transport.sendAndWait(request, this::subscriber));
        }
    }

    private CompletableFuture<HttpResponse<Object>> sent(HttpRequest request) {
        try {
            return engine.transport.send(request, this::subscriber);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private HttpRequest request(@Nullable String token, Attempt attempt) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(engine.baseUrl + operation.target()));
        operation.headers().forEach(request::setHeader);
        request.setHeader("User-Agent", engine.userAgent);
        report.sending(attempt, request::setHeader);
        options.headers().forEach(request::setHeader);
        if (token != null) {
            request.setHeader("Authorization", "Bearer " + token);
        }
        return switch (operation.method()) {
            // With a body of nothing, the exchange would take one more change of threads.
            case "GET" -> request.GET().build();
            case "DELETE" -> request.DELETE().build();
            default ->
                request.method(operation.method(), body == null ? BodyPublishers.noBody() : body)
                        .build();
        };
    }

    private BodySubscriber<Object> subscriber(ResponseInfo info) {
        return good(info.statusCode()) && info.statusCode() != 304
                ? reception.subscriber().apply(info)
                : LimitedBody.of(info, LONGEST_PROBLEM);
    }

    private boolean good(int status) {
        return status / 100 == 2 || (status == 304 && operation.headers().containsKey("If-None-Match"));
    }

    private void settle(
            Attempt attempt,
            Duration duration,
            @Nullable String token,
            @Nullable HttpResponse<Object> answer,
            @Nullable Throwable failure) {
        Verdict<T> verdict = answer == null ? unanswered(failure) : answered(answer);
        Throwable reason = answer == null && call.isDone() ? failure : verdict.failure();
        Outcome outcome = new Outcome(answer == null ? null : answer.statusCode(), reason, duration);
        Log.attempt(attempt, outcome, answer);
        report.received(attempt, outcome);
        if (call.isDone()) {
            return;
        }
        if (verdict.value() != null) {
            engine.budget.success();
            report.ended(null);
            options.answered(verdict.value());
            call.complete(verdict.value());
        } else if (answer != null && refusedToken(answer, verdict.failure(), token)) {
            renewed = true;
            attempt();
        } else if (!repeated(answer, verdict)) {
            report.ended(verdict.failure());
            call.completeExceptionally(verdict.failure());
        }
    }

    private boolean refusedToken(HttpResponse<?> answer, @Nullable Throwable failure, @Nullable String token) {
        boolean unauthenticated = answer.statusCode() == 401
                && !(failure instanceof ProblemException problem
                        && !problem.code().equals(ProblemCode.UNAUTHENTICATED));
        return unauthenticated && token != null && !renewed && engine.tokens.refused(token);
    }

    private Verdict<T> unanswered(@Nullable Throwable failure) {
        String what = operation.name() + " (" + operation.method() + " " + engine.baseUrl + operation.route() + "): ";
        boolean writes = !operation.method().equals("GET");
        if (failure instanceof TodoException closed) {
            return Verdict.failed(closed, false);
        }
        if (failure instanceof InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Verdict.failed(new CallInterruptedException(interrupted), false);
        }
        if (failure instanceof CancellationException) {
            outcomeUnknown |= writes;
            return Verdict.failed(
                    new CallTimeoutException(
                            what + "no answer within " + attemptTimeout.toMillis() + " ms.", failure, outcomeUnknown),
                    false);
        }
        boolean unsent = failure != null && Failures.beforeSending(failure);
        outcomeUnknown |= writes && !unsent;
        return Verdict.failed(Failures.connection(what, failure, unsent, outcomeUnknown), unsent);
    }

    private Verdict<T> answered(HttpResponse<Object> answer) {
        int status = answer.statusCode();
        if (!good(status)) {
            return refused(answer);
        }
        try {
            if (status == 304) {
                return done(answer);
            }
            T value = reception.reader().read(answer.body(), answer.headers());
            return new Verdict<>(new Answer<>(value, status, answer.headers(), attempts), null, false);
        } catch (Reception.UnreadableException e) {
            outcomeUnknown |= !operation.method().equals("GET");
            return Verdict.failed(Unexpected.unreadable(operation, answer, e, outcomeUnknown), false);
        }
    }

    private Verdict<T> refused(HttpResponse<Object> answer) {
        int status = answer.statusCode();
        boolean untouched = status == 429 || status == 401;
        boolean transientFault = Set.of(408, 502, 503, 504).contains(status);
        if (transientFault) {
            outcomeUnknown |= !operation.method().equals("GET");
        }
        if (status == 404 && outcomeUnknown && operation.method().equals("DELETE")) {
            // Gone: by the attempt whose answer was lost, as far as anybody can know.
            return done(answer);
        }
        boolean retryable = transientFault || status == 429;
        TodoException failure = Unexpected.refusal(operation, answer, retryable, outcomeUnknown);
        if (failure instanceof ProblemException problem && problem.code().equals(ProblemCode.IDEMPOTENCY_KEY_IN_USE)) {
            return Verdict.failed(Unexpected.refusal(operation, answer, true, outcomeUnknown), true);
        }
        return Verdict.failed(failure, untouched);
    }

    /** With nothing to read in it. */
    @SuppressWarnings("NullAway") // Who asks for what may be nothing looks whether it is.
    private Verdict<T> done(HttpResponse<Object> answer) {
        return new Verdict<>(new Answer<>(null, answer.statusCode(), answer.headers(), attempts), null, false);
    }

    /** Whether there will be another attempt. */
    private boolean repeated(@Nullable HttpResponse<?> answer, Verdict<T> verdict) {
        TodoException failure = verdict.failure();
        if (failure == null || !failure.retryable() || !(verdict.safe() || repeatable())) {
            return false;
        }
        Duration wait = answer == null ? null : RetryAfter.in(answer.headers(), Instant.now());
        Duration delay = wait == null ? retries.delay(attempts) : wait;
        Duration left = timeout.minusNanos(System.nanoTime() - begun);
        if (attempts >= retries.maxAttempts() || delay.compareTo(left) >= 0 || !engine.budget.take()) {
            return false;
        }
        Log.repetition(operation, attempts, delay);
        call.awaits(after(delay, this::attempt));
        return true;
    }

    private boolean repeatable() {
        if (operation.name().equals("refreshSession")) {
            return System.nanoTime() - begun < REFRESH_AGAIN.toNanos();
        }
        return REPEATABLE.contains(operation.method()) || operation.headers().containsKey("Idempotency-Key");
    }

    private void expire() {
        boolean unknown =
                outcomeUnknown || (report.underWay() && !operation.method().equals("GET"));
        String message = operation.name() + ": not done within " + timeout.toMillis() + " ms. Attempts: " + attempts;
        call.giveUp(new CallTimeoutException(message, null, unknown));
    }

    private Future<?> after(Duration delay, Runnable work) {
        try {
            return engine.alarms.after(delay, () -> engine.pool.execute(work));
        } catch (RejectedExecutionException e) {
            call.completeExceptionally(new ClientClosedException(e));
            return CompletableFuture.completedFuture(null);
        }
    }
}
