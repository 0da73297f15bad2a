package dev.todo.client;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A list, of which each page is asked for when it is needed. It may be walked more than once, from the beginning each
 * time. A walk that was interrupted by a failure goes on where it was.
 *
 * <pre>{@code
 * List<String> titles = todo.tasks().list(TaskQuery.pending()).stream().limit(1000).map(Task::title).toList();
 * }</pre>
 */
public final class Listing<T> implements Iterable<T> {
    private final AsyncListing<T> list;

    Listing(AsyncListing<T> list) {
        this.list = list;
    }

    @Override
    public Iterator<T> iterator() {
        Iterator<Page<T>> pages = pages().iterator();
        return new Iterator<>() {
            private Iterator<T> items = List.<T>of().iterator();

            @Override
            public boolean hasNext() {
                while (!items.hasNext() && pages.hasNext()) {
                    items = pages.next().items().iterator();
                }
                return items.hasNext();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return items.next();
            }
        };
    }

    /** Item by item. */
    public Stream<T> stream() {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    /** Page by page. */
    public Iterable<Page<T>> pages() {
        return () -> new PageWalk();
    }

    /** All items at once, however many there are. */
    public List<T> toList() {
        return stream().toList();
    }

    /** One page, to show it: the first, or the one that a cursor leads to. */
    public Page<T> page(@Nullable String cursor) {
        return Waiting.await(() -> list.page(cursor));
    }

    /** Item by item, as fast as its subscriber asks for them. */
    public Flow.Publisher<T> publisher() {
        return list;
    }

    private final class PageWalk implements Iterator<Page<T>> {
        private @Nullable String cursor;
        private boolean ended;

        @Override
        public boolean hasNext() {
            return !ended;
        }

        @Override
        public Page<T> next() {
            if (ended) {
                throw new NoSuchElementException();
            }
            Page<T> page = page(cursor);
            cursor = page.nextCursor();
            ended = cursor == null;
            return page;
        }
    }
}
