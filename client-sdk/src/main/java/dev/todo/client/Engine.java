package dev.todo.client;

import dev.todo.client.wire.Operation;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What all calls of a client share. */
final class Engine implements AutoCloseable {
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final Duration TRANSFER = Duration.ofMinutes(10);

    final String baseUrl;
    final Transport transport;
    final Tokens tokens;
    final Retries retries;
    final RetryBudget budget = new RetryBudget();
    final List<CallObserver> observers;
    final String userAgent;
    final ExecutorService pool = Executors.newCachedThreadPool(threads());
    final Alarms alarms = new Alarms();
    private final Duration timeout;
    private final Duration attemptTimeout;
    private final Set<Exchange<?>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Engine(TodoClient.Builder settings) {
        URI base = settings.base();
        baseUrl = base.toString().replaceFirst("/+$", "");
        retries = settings.retries;
        observers = List.copyOf(settings.observers);
        userAgent = settings.userAgent();
        timeout = settings.timeout;
        attemptTimeout = settings.attemptTimeout;
        transport = settings.transport != null
                ? settings.transport
                : new JdkTransport(pool, settings.connectTimeout, "https".equalsIgnoreCase(base.getScheme()));
        tokens = settings.credentials.tokens(this);
    }

    Duration timeout(CallOptions options) {
        return options.timeoutOr(timeout);
    }

    /** Sends a request with a body in JSON, or with none. */
    <T> Call<Answer<T>> send(Operation<T> operation, CallOptions options) {
        Object body = operation.body();
        BodyPublisher publisher = body == null ? null : BodyPublishers.ofByteArray(Json.write(body));
        return start(new Exchange<>(
                this,
                operation,
                options,
                publisher,
                Reception.json(operation.answer()),
                timeout(options),
                options.attemptTimeoutOr(attemptTimeout)));
    }

    /** Sends a request with a body, or for an answer, that may be long. */
    <T> Call<Answer<T>> transfer(
            Operation<?> operation, CallOptions options, @Nullable BodyPublisher body, Reception<T> reception) {
        return start(new Exchange<>(
                this,
                operation,
                options,
                body,
                reception,
                options.timeoutOr(TRANSFER),
                options.attemptTimeoutOr(TRANSFER)));
    }

    private <T> Call<Answer<T>> start(Exchange<T> exchange) {
        Call<Answer<T>> call = exchange.call();
        if (closed) {
            call.completeExceptionally(new ClientClosedException(null, false));
            return call;
        }
        underWay.add(exchange);
        Call.ended(call, (answer, failure) -> underWay.remove(exchange));
        exchange.start();
        return call;
    }

    @Override
    public void close() {
        closed = true;
        settleTokens();
        underWay.forEach(Exchange::close);
        transport.close();
        alarms.close();
        pool.shutdown();
    }

    /** A refresh token is good for one use: the next one must be kept, or the session is lost. */
    private void settleTokens() {
        try {
            tokens.settled().get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Whatever became of it, nobody waits any longer.
        }
    }

    private static ThreadFactory threads() {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "todo-client-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
