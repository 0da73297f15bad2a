package dev.todo.client;

import org.jspecify.annotations.Nullable;

/**
 * The tags of the user.
 *
 * <pre>{@code
 * for (Tag tag : todo.tags().list()) {
 *     System.out.println(tag.name() + ": " + tag.tasks());
 * }
 * todo.tags().rename("home", "household");
 * }</pre>
 */
public final class Tags {
    private final AsyncTags async;

    Tags(AsyncTags async) {
        this.async = async;
    }

    /** All tags, by name, page by page. */
    public Listing<Tag> list() {
        return new Listing<>(async.list());
    }

    /** The same with so many on each page, 1 to 200; null for as many as the server likes. */
    public Listing<Tag> list(@Nullable Integer pageSize) {
        return new Listing<>(async.list(pageSize));
    }

    /** Gives a tag another name in all tasks that have it; where there is a tag of that name, the two become one. */
    public Tag rename(String tag, String name) {
        return Waiting.await(() -> async.rename(tag, name));
    }

    /** Takes a tag from all tasks that have it. */
    public void delete(String tag) {
        Waiting.await(() -> async.delete(tag));
    }
}
