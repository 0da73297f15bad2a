package dev.todo.client;

import dev.todo.client.CallObserver.Attempt;
import dev.todo.client.CallObserver.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What observers are told of one call: its attempts, and then, once, its end. */
final class CallReport {
    private final List<CallObserver> observers;
    private final long begun = System.nanoTime();
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile @Nullable Attempt last;
    private volatile @Nullable Integer status;
    private volatile @Nullable Throwable failure;
    private volatile boolean underWay;
    private volatile boolean over;

    CallReport(List<CallObserver> observers) {
        this.observers = observers;
    }

    void sending(Attempt attempt, BiConsumer<String, String> headers) {
        Log.guarded(observers, observer -> observer.sending(attempt, headers));
        status = null;
        last = attempt;
    }

    void sent() {
        underWay = true;
    }

    /** Whether an attempt has been sent and has not ended. */
    boolean underWay() {
        return underWay;
    }

    void received(Attempt attempt, Outcome outcome) {
        status = outcome.status();
        Log.guarded(observers, observer -> observer.received(attempt, outcome));
        underWay = false;
        if (over) {
            ended(failure);
        }
    }

    /** The call has ended: by an attempt, or in spite of one, which will end soon. */
    void over(@Nullable Throwable reason) {
        failure = reason;
        over = true;
        if (!underWay) {
            ended(reason);
        }
    }

    void ended(@Nullable Throwable reason) {
        Attempt attempt = last;
        if (attempt != null && told.compareAndSet(false, true)) {
            Outcome whole = new Outcome(status, reason, Duration.ofNanos(System.nanoTime() - begun));
            Log.guarded(observers, observer -> observer.ended(attempt, whole));
        }
    }
}
