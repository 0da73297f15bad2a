package dev.todo.client;

import dev.todo.client.generated.InsightsOperations;
import dev.todo.client.generated.model.TagRenameJson;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The tags of the user, as {@link Tags}, without waiting.
 *
 * <pre>{@code
 * todo.async().tags().rename("home", "household").thenAccept(tag -> System.out.println(tag.tasks()));
 * }</pre>
 */
public final class AsyncTags {
    private final Engine engine;
    private final CallOptions options;

    AsyncTags(Engine engine, CallOptions options) {
        this.engine = engine;
        this.options = options;
    }

    /** All tags, by name, page by page. */
    public AsyncListing<Tag> list() {
        return list(null);
    }

    /** The same with so many on each page, 1 to 200; null for as many as the server likes. */
    public AsyncListing<Tag> list(@Nullable Integer pageSize) {
        return new AsyncListing<>(cursor -> engine.send(InsightsOperations.listTags("me", pageSize, cursor), options)
                .thenApply(answer -> new Page<>(
                        answer.value().items().stream().map(Tag::new).toList(),
                        answer.value().nextCursor())));
    }

    /** Gives a tag another name in all tasks that have it; where there is a tag of that name, the two become one. */
    public CompletableFuture<Tag> rename(String tag, String name) {
        return engine.send(InsightsOperations.renameTag("me", tag, new TagRenameJson(name)), options)
                .thenApply(answer -> new Tag(answer.value()));
    }

    /** Takes a tag from all tasks that have it. */
    public CompletableFuture<@Nullable Void> delete(String tag) {
        return engine.send(InsightsOperations.deleteTag("me", tag), options).thenApply(answer -> null);
    }
}
