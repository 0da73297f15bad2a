package dev.todo.client;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that the calling thread waits for itself, since to change threads costs more than all else that a call does
 * here. Cancelling it interrupts that thread.
 */
final class Waiting extends CompletableFuture<HttpResponse<Object>> {
    private static final ThreadLocal<Boolean> WAITS = ThreadLocal.withInitial(() -> false);

    private @Nullable Thread sender;
    private boolean interrupted;
    private boolean interruptedBefore;

    interface Sending {
        HttpResponse<Object> send() throws Exception;
    }

    /** Whether this thread is starting a call that it will wait for. */
    static boolean here() {
        return WAITS.get();
    }

    /** Starts what is not for this call alone: this thread must not be what it depends on. */
    static <T> T apart(Supplier<T> work) {
        boolean waits = WAITS.get();
        WAITS.set(false);
        try {
            return work.get();
        } finally {
            WAITS.set(waits);
        }
    }

    /** Starts a call and waits for its end. */
    static <T extends @Nullable Object> T await(Supplier<CompletableFuture<T>> call) {
        boolean nested = WAITS.get();
        CompletableFuture<T> started;
        WAITS.set(true);
        try {
            started = call.get();
        } finally {
            WAITS.set(nested);
        }
        return Failures.await(started);
    }

    void send(Sending sending) {
        if (!begins()) {
            return;
        }
        HttpResponse<Object> answer = null;
        Throwable failure = null;
        try {
            answer = sending.send();
        } catch (Throwable e) {
            failure = e;
        }
        ends(failure instanceof InterruptedException);
        boolean awaited = failure == null ? complete(answer) : completeExceptionally(failure);
        if (!awaited) {
            Reception.discard(answer);
        }
    }

    private synchronized boolean begins() {
        sender = Thread.currentThread();
        return !isDone();
    }

    /** An interruption that came from here goes no further, and one that came from elsewhere is not lost. */
    private synchronized void ends(boolean byInterruption) {
        Thread thread = Thread.currentThread();
        sender = null;
        if (interrupted && interruptedBefore) {
            thread.interrupt();
        } else if (interrupted && !byInterruption) {
            Thread.interrupted();
        }
    }

    @Override
    public synchronized boolean cancel(boolean mayInterruptIfRunning) {
        if (sender != null && !isDone()) {
            interrupted = true;
            interruptedBefore = sender.isInterrupted();
            sender.interrupt();
        }
        return super.cancel(mayInterruptIfRunning);
    }
}
