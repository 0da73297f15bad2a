package dev.todo.client;

import org.jspecify.annotations.Nullable;

/**
 * What the user has deleted, and may have back.
 *
 * <pre>{@code
 * for (TrashedTask deleted : todo.trash().list()) {
 *     System.out.println(deleted.task().title() + " is kept until " + deleted.purgeAt());
 * }
 * Task back = todo.trash().restore(42);
 * }</pre>
 */
public final class Trash {
    private final AsyncTrash async;

    Trash(AsyncTrash async) {
        this.async = async;
    }

    /** All deleted tasks, the last deleted first, page by page. */
    public Listing<TrashedTask> list() {
        return new Listing<>(async.list());
    }

    /** The same with so many on each page, 1 to 200; null for as many as the server likes. */
    public Listing<TrashedTask> list(@Nullable Integer pageSize) {
        return new Listing<>(async.list(pageSize));
    }

    /** Brings a task back. */
    public Task restore(long id) {
        return Waiting.await(() -> async.restore(id));
    }

    /** Deletes a task from the trash, for good. */
    public void purge(long id) {
        Waiting.await(() -> async.purge(id));
    }

    /** Deletes everything in the trash, for good. */
    public void empty() {
        Waiting.await(() -> async.empty());
    }
}
