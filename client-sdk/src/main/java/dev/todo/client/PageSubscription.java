package dev.todo.client;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One walk through a list, at the pace of its subscriber. Whoever finds {@code work} at zero does it for all. */
final class PageSubscription<T> implements Flow.Subscription {
    private final Function<@Nullable String, CompletableFuture<Page<T>>> source;
    private final Flow.Subscriber<? super T> subscriber;
    private final AtomicInteger work = new AtomicInteger(1);
    private final AtomicLong demand = new AtomicLong();
    private volatile @Nullable CompletableFuture<Page<T>> fetch;
    private volatile @Nullable Throwable failure;
    private volatile boolean ended;
    private Iterator<T> items = List.<T>of().iterator();
    private @Nullable String cursor;
    private boolean begun;

    PageSubscription(
            Function<@Nullable String, CompletableFuture<Page<T>>> source, Flow.Subscriber<? super T> subscriber) {
        this.source = source;
        this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            failure = new IllegalArgumentException("a subscriber must ask for one item or more (rule 3.9)");
        } else {
            demand.updateAndGet(before -> before + n < 0 ? Long.MAX_VALUE : before + n);
        }
        if (work.getAndIncrement() == 0) {
            drain();
        }
    }

    @Override
    public void cancel() {
        ended = true;
        CompletableFuture<Page<T>> underWay = fetch;
        if (underWay != null) {
            underWay.cancel(true);
        }
    }

    /** Called once. What the subscriber asks for meanwhile is done when it has the subscription. */
    void begin() {
        subscriber.onSubscribe(this);
        drain();
    }

    /** Does what there is to do, until there is no more. */
    private void drain() {
        int done = work.get();
        do {
            while (!ended && step()) {
                // One step at a time.
            }
            done = work.addAndGet(-done);
        } while (done != 0);
    }

    /** Whether there may be another step. */
    private boolean step() {
        Throwable broken = failure;
        if (broken != null) {
            ended = true;
            subscriber.onError(broken);
            return false;
        }
        if (items.hasNext()) {
            return emitted();
        }
        if (begun && cursor == null && fetch == null) {
            ended = true;
            subscriber.onComplete();
            return false;
        }
        CompletableFuture<Page<T>> underWay = fetch;
        if (underWay != null) {
            return arrived(underWay);
        }
        return demand.get() > 0 && fetching();
    }

    private boolean emitted() {
        if (demand.get() == 0) {
            return false;
        }
        if (demand.get() != Long.MAX_VALUE) {
            demand.decrementAndGet();
        }
        try {
            subscriber.onNext(items.next());
        } catch (RuntimeException e) {
            ended = true;
            throw e;
        }
        return true;
    }

    private boolean fetching() {
        begun = true;
        CompletableFuture<Page<T>> page = asked();
        fetch = page;
        if (ended) {
            page.cancel(true);
        }
        Call.ended(page, (value, problem) -> {
            if (work.getAndIncrement() == 0) {
                drain();
            }
        });
        return false;
    }

    private CompletableFuture<Page<T>> asked() {
        try {
            return source.apply(cursor);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private boolean arrived(CompletableFuture<Page<T>> page) {
        if (!page.isDone()) {
            return false;
        }
        fetch = null;
        if (page.isCompletedExceptionally()) {
            failure = page.handle((value, problem) -> Failures.cause(problem)).join();
        } else {
            items = page.join().items().iterator();
            cursor = page.join().nextCursor();
        }
        return true;
    }
}
