package dev.todo.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** All items of a list. Cancelling what they are promised by ends the walk. */
final class Gathering<T> implements Flow.Subscriber<T> {
    private final List<T> received = new ArrayList<>();
    private final Call<List<T>> items = new Call<>();

    CompletableFuture<List<T>> items() {
        return items;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        Call.ended(items, (all, failure) -> subscription.cancel());
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(T item) {
        received.add(item);
    }

    @Override
    public void onError(Throwable failure) {
        items.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        items.complete(List.copyOf(received));
    }
}
