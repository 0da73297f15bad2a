package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lists, at the pace of their subscribers. */
class PublisherTest extends FaultTest {
    /** Writes down what it is told, and asks for more as it is told to. */
    private static final class Watcher<T> implements Flow.Subscriber<T> {
        final List<T> items = Collections.synchronizedList(new ArrayList<>());
        final List<String> ends = Collections.synchronizedList(new ArrayList<>());
        final CountDownLatch ended = new CountDownLatch(1);
        private final BiConsumer<T, Flow.Subscription> then;
        volatile Flow.@Nullable Subscription subscription;
        volatile @Nullable Throwable failure;
        volatile @Nullable Thread inside;

        Watcher(BiConsumer<T, Flow.Subscription> then) {
            this.then = then;
        }

        void request(long n) {
            Flow.Subscription current = subscription;
            assertThat(current).isNotNull();
            if (current != null) {
                current.request(n);
            }
        }

        Watcher<T> awaitEnd() throws InterruptedException {
            assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
            return this;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            assertThat(subscription).isNull();
            subscription = given;
        }

        @Override
        public void onNext(T item) {
            if (inside != null) {
                failure = new AssertionError("onNext within onNext");
            }
            inside = Thread.currentThread();
            items.add(item);
            Flow.Subscription current = subscription;
            if (current != null) {
                then.accept(item, current);
            }
            inside = null;
        }

        @Override
        public void onError(Throwable reason) {
            failure = reason;
            ends.add("error");
            ended.countDown();
        }

        @Override
        public void onComplete() {
            ends.add("complete");
            ended.countDown();
        }
    }

    private static <T> Watcher<T> passive() {
        return new Watcher<>((item, subscription) -> {});
    }

    private Flow.Publisher<Task> pending() {
        return todo.tasks().list(TaskQuery.pending()).publisher();
    }

    private void threePages() {
        server.script(
                Behaviour.json(page("c2", 1, 2)), Behaviour.json(page("c3", 3, 4)), Behaviour.json(page(null, 5)));
    }

    /** So many pages of two, which are there at once. */
    private static AsyncListing<Integer> ready(int pages, List<String> asked) {
        return new AsyncListing<>(cursor -> {
            asked.add(String.valueOf(cursor));
            int number = cursor == null ? 0 : Integer.parseInt(cursor);
            String next = number == pages - 1 ? null : Integer.toString(number + 1);
            return CompletableFuture.completedFuture(new Page<>(List.of(2 * number, 2 * number + 1), next));
        });
    }

    @Test
    void pagesAreAskedForOnDemandOnly() {
        List<String> asked = new ArrayList<>();
        Watcher<Integer> watcher = passive();
        ready(3, asked).subscribe(watcher);
        assertThat(asked).isEmpty();

        watcher.request(1);
        assertThat(watcher.items).containsExactly(0);
        assertThat(asked).containsExactly("null");

        watcher.request(1);
        assertThat(watcher.items).containsExactly(0, 1);
        assertThat(asked).hasSize(1);

        watcher.request(3);
        assertThat(watcher.items).containsExactly(0, 1, 2, 3, 4);
        assertThat(asked).containsExactly("null", "1", "2");
        assertThat(watcher.ends).isEmpty();

        watcher.request(1);
        assertThat(watcher.items).hasSize(6);
        assertThat(watcher.ends).containsExactly("complete");
    }

    @Test
    void theEndNeedsNoDemand() throws InterruptedException {
        threePages();
        Watcher<Task> watcher = passive();
        pending().subscribe(watcher);

        watcher.request(5);

        assertThat(watcher.awaitEnd().ends).containsExactly("complete");
        assertThat(watcher.items).extracting(Task::id).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void anEmptyListCompletes() throws InterruptedException {
        server.script(Behaviour.json(page("c2")), Behaviour.json(page(null)));
        Watcher<Task> watcher = passive();
        pending().subscribe(watcher);

        watcher.request(1);

        assertThat(watcher.awaitEnd().ends).containsExactly("complete");
        assertThat(watcher.items).isEmpty();
    }

    @Test
    void aFailureEndsIt() throws InterruptedException {
        server.script(Behaviour.json(page("c2", 1, 2)), Behaviour.problem(500, "internal"));
        Watcher<Task> watcher = passive();
        pending().subscribe(watcher);

        watcher.request(10);

        assertThat(watcher.awaitEnd().failure).isInstanceOf(ServerException.class);
        assertThat(watcher.items).hasSize(2);
        watcher.request(1);
        assertThat(watcher.ends).containsExactly("error");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aRequestThatCannotBeMadeEndsIt() throws InterruptedException {
        Watcher<Task> watcher = passive();
        todo.async().tasks().list(TaskQuery.all().words("\uD83D")).subscribe(watcher);

        watcher.request(1);

        assertThat(watcher.awaitEnd().failure).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void askingForNothingIsAnError() throws InterruptedException {
        for (long n : new long[] {0, -1, Long.MIN_VALUE}) {
            List<String> asked = new ArrayList<>();
            Watcher<Integer> watcher = passive();
            ready(3, asked).subscribe(watcher);

            watcher.request(n);
            watcher.request(5);

            assertThat(watcher.awaitEnd().failure).isInstanceOf(IllegalArgumentException.class);
            assertThat(watcher.ends).containsExactly("error");
            assertThat(watcher.items).isEmpty();
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void cancellingInTheMiddleIsTheEnd() {
        List<String> asked = new ArrayList<>();
        Watcher<Integer> watcher = new Watcher<>((item, subscription) -> {
            if (item == 2) {
                subscription.cancel();
            }
        });
        ready(10, asked).subscribe(watcher);

        watcher.request(Long.MAX_VALUE);
        watcher.request(1);

        assertThat(watcher.items).containsExactly(0, 1, 2);
        assertThat(asked).hasSize(2);
        assertThat(watcher.ends).isEmpty();
    }

    @Test
    void cancellingEndsTheExchange() throws InterruptedException {
        server.script(Behaviour.json(page("c2", 1, 2)), Behaviour.silence());
        Watcher<Task> watcher = passive();
        pending().subscribe(watcher);
        watcher.request(10);
        server.request(1);

        Flow.Subscription subscription = watcher.subscription;
        assertThat(subscription).isNotNull();
        if (subscription != null) {
            subscription.cancel();
        }

        server.request(1).connection().awaitEnd();
        assertThat(watcher.ends).isEmpty();
    }

    @Test
    void eachSubscriberWalksByItself() {
        List<String> asked = new ArrayList<>();
        AsyncListing<Integer> list = ready(3, asked);
        Watcher<Integer> first = passive();
        Watcher<Integer> second = passive();
        list.subscribe(first);
        list.subscribe(second);

        first.request(3);
        second.request(1);
        first.request(100);

        assertThat(first.items).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(second.items).containsExactly(0);
        assertThat(asked).containsExactly("null", "1", "null", "2");
    }

    @Test
    void askingForOneMoreWithEachItemNestsNothing() {
        int pages = 20_000;
        Watcher<Integer> watcher = new Watcher<>((item, subscription) -> subscription.request(1));
        ready(pages, new ArrayList<>()).subscribe(watcher);

        watcher.request(1);

        assertThat(watcher.items)
                .containsExactlyElementsOf(IntStream.range(0, 2 * pages).boxed().toList());
        assertThat(watcher.ends).containsExactly("complete");
        assertThat(watcher.failure).isNull();
    }

    @Test
    void demandFromManyThreadsIsAddedUp() throws InterruptedException {
        Watcher<Integer> watcher = passive();
        ready(1000, Collections.synchronizedList(new ArrayList<>())).subscribe(watcher);
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(number -> new Thread(() -> {
                    for (int i = 0; i < 200; i++) {
                        watcher.request(1);
                    }
                }))
                .toList();

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(watcher.items)
                .containsExactlyElementsOf(IntStream.range(0, 1600).boxed().toList());
        assertThat(watcher.failure).isNull();
    }
}
