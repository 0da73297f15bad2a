package dev.todo.client;

import dev.todo.client.generated.TrashOperations;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the user has deleted, as {@link Trash}, without waiting.
 */
public final class AsyncTrash {
    private final Engine engine;
    private final CallOptions options;

    AsyncTrash(Engine engine, CallOptions options) {
        this.engine = engine;
        this.options = options;
    }

    /** All deleted tasks, the last deleted first, page by page. */
    public AsyncListing<TrashedTask> list() {
        return list(null);
    }

    /** The same with so many on each page, 1 to 200; null for as many as the server likes. */
    public AsyncListing<TrashedTask> list(@Nullable Integer pageSize) {
        return new AsyncListing<>(cursor -> engine.send(TrashOperations.listTrash("me", pageSize, cursor), options)
                .thenApply(answer -> new Page<>(
                        answer.value().items().stream().map(TrashedTask::new).toList(),
                        answer.value().nextCursor())));
    }

    /** Brings a task back. */
    public CompletableFuture<Task> restore(long id) {
        return engine.send(TrashOperations.restoreTask("me", id, options.newKey()), options)
                .thenApply(answer -> new Task(answer.value()));
    }

    /** Deletes a task from the trash, for good. */
    public CompletableFuture<@Nullable Void> purge(long id) {
        return engine.send(TrashOperations.purgeTask("me", id), options).thenApply(answer -> null);
    }

    /** Deletes everything in the trash, for good. */
    public CompletableFuture<@Nullable Void> empty() {
        return engine.send(TrashOperations.emptyTrash("me"), options).thenApply(answer -> null);
    }
}
