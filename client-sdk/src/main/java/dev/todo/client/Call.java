package dev.todo.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a call will have answered. Cancelling it, or anything made from it, cancels what it waits for. */
final class Call<T extends @Nullable Object> extends CompletableFuture<T> {
    private volatile @Nullable Future<?> awaited;
    private final boolean reads;

    Call() {
        this(false);
    }

    /** {@code reads}: whether it changes nothing at the server. */
    Call(boolean reads) {
        this.reads = reads;
    }

    boolean reads() {
        return reads;
    }

    /** From now on, cancelling this cancels that. */
    void awaits(Future<?> next) {
        awaited = next;
        if (isDone()) {
            next.cancel(true);
        }
    }

    /** What happens when a future has ended. */
    @SuppressWarnings("FutureReturnValueIgnored") // Nothing comes after it.
    static <T extends @Nullable Object> void ended(
            CompletableFuture<T> future, BiConsumer<? super T, ? super @Nullable Throwable> then) {
        future.whenComplete(then);
    }

    /** One call after another. */
    static <T extends @Nullable Object, U extends @Nullable Object> Call<U> chain(
            CompletableFuture<T> first, Function<? super T, ? extends CompletableFuture<U>> next) {
        Call<U> call = new Call<>();
        call.awaits(first);
        ended(first, (value, failure) -> {
            if (failure == null) {
                call.follow(() -> next.apply(value));
            } else {
                call.completeExceptionally(Failures.cause(failure));
            }
        });
        return call;
    }

    /** A call and, should it fail, another. */
    static <T extends @Nullable Object> Call<T> recover(
            CompletableFuture<T> first, Function<Throwable, ? extends CompletableFuture<T>> next) {
        Call<T> call = new Call<>();
        call.awaits(first);
        ended(first, (value, failure) -> {
            if (failure == null) {
                call.complete(value);
            } else {
                call.follow(() -> next.apply(Failures.cause(failure)));
            }
        });
        return call;
    }

    private void follow(Supplier<? extends CompletableFuture<T>> next) {
        if (isDone()) {
            return;
        }
        try {
            CompletableFuture<T> second = next.get();
            awaits(second);
            ended(second, this::settle);
        } catch (Throwable e) {
            completeExceptionally(e);
        }
    }

    private void settle(T value, @Nullable Throwable failure) {
        if (failure == null) {
            complete(value);
        } else {
            completeExceptionally(Failures.cause(failure));
        }
    }

    /** Ends it with this failure, and what it waits for. */
    void giveUp(Throwable failure) {
        boolean ended = completeExceptionally(failure);
        Future<?> next = awaited;
        if (ended && next != null) {
            next.cancel(true);
        }
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        Call<U> dependent = new Call<>(reads);
        dependent.awaited = this;
        return dependent;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        Future<?> next = awaited;
        if (cancelled && next != null) {
            next.cancel(true);
        }
        return cancelled;
    }
}
