package dev.todo.client;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list as a publisher: a page is asked for when its subscriber asks for more than there is. Each subscriber walks
 * from the beginning. Reactor takes it by {@code JdkFlowAdapter.flowPublisherToFlux}.
 *
 * <pre>{@code
 * todo.async().tasks().list(TaskQuery.pending()).toList().thenAccept(tasks -> System.out.println(tasks.size()));
 * }</pre>
 */
public final class AsyncListing<T> implements Flow.Publisher<T> {
    private final Function<@Nullable String, CompletableFuture<Page<T>>> source;

    AsyncListing(Function<@Nullable String, CompletableFuture<Page<T>>> source) {
        this.source = source;
    }

    /** One page: the first, or the one that a cursor leads to. */
    public CompletableFuture<Page<T>> page(@Nullable String cursor) {
        return source.apply(cursor);
    }

    /** All items at once, however many there are. */
    public CompletableFuture<List<T>> toList() {
        Gathering<T> gathering = new Gathering<>();
        subscribe(gathering);
        return gathering.items();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        PageSubscription<T> subscription = new PageSubscription<>(source, subscriber);
        subscription.begin();
    }
}
