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
    private final Call<Answer<T>> call;
    private final CallReport report;
    private final Judge<T> judge;
    private final long begun = System.nanoTime();
    private int attempts;
    private boolean renewed;

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
        this.call = new Call<>(operation.method().equals("GET"));
        this.judge = new Judge<>(operation, reception, engine.baseUrl, attemptTimeout);
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
        } catch (Throwable e) {
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
        report.sending(attempt, (name, value) -> {
            CallOptions.checkFree(name);
            request.setHeader(name, value);
        });
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
        return judge.good(info.statusCode()) && info.statusCode() != 304
                ? reception.subscriber().apply(info)
                : LimitedBody.of(info, LONGEST_PROBLEM);
    }

    private void settle(
            Attempt attempt,
            Duration duration,
            @Nullable String token,
            @Nullable HttpResponse<Object> answer,
            @Nullable Throwable failure) {
        Verdict<T> verdict = answer == null ? judge.unanswered(failure) : judge.answered(answer, attempts);
        Throwable reason = answer == null && call.isDone() ? failure : verdict.failure();
        Outcome outcome = new Outcome(answer == null ? null : answer.statusCode(), reason, duration);
        Log.attempt(attempt, outcome, answer);
        report.received(attempt, outcome);
        if (call.isDone()) {
            Reception.discard(answer);
        } else if (verdict.value() != null) {
            engine.budget.success();
            report.ended(null);
            options.answered(verdict.value());
            if (!call.complete(verdict.value())) {
                Reception.discard(answer);
            }
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
        return switch (operation.name()) {
            case "refreshSession" -> System.nanoTime() - begun < REFRESH_AGAIN.toNanos();
            // The worst is a session that nobody uses, which ends by itself.
            case "logIn" -> true;
            default ->
                REPEATABLE.contains(operation.method()) || operation.headers().containsKey("Idempotency-Key");
        };
    }

    private void expire() {
        String message = operation.name() + ": not done within " + timeout.toMillis() + " ms, in " + attempts
                + (attempts == 1 ? " attempt." : " attempts.");
        call.giveUp(new CallTimeoutException(message, null, mayHaveWritten()));
    }

    /** Ends it because nobody is there any more. */
    void close() {
        call.giveUp(new ClientClosedException(null, mayHaveWritten()));
    }

    private boolean mayHaveWritten() {
        return judge.outcomeUnknown() || (report.underWay() && !call.reads());
    }

    private Future<?> after(Duration delay, Runnable work) {
        try {
            return engine.alarms.after(delay, () -> engine.pool.execute(work));
        } catch (RejectedExecutionException e) {
            call.completeExceptionally(new ClientClosedException(e, mayHaveWritten()));
            return CompletableFuture.completedFuture(null);
        }
    }
}
