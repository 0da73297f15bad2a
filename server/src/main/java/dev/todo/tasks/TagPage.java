package dev.todo.tasks;

import dev.todo.tasks.TagStore.Found;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of tags, and where the next one begins. */
public record TagPage(List<Tag> tags, @Nullable String nextCursor) {
    /** Made from one tag more than the page holds, which tells whether there is a next page. */
    static TagPage of(String userId, List<Found> found, int limit) {
        List<Tag> tags = found.stream().limit(limit).map(Found::tag).toList();
        return new TagPage(
                tags,
                found.size() <= limit
                        ? null
                        : new TagCursor(found.get(limit - 1).key()).encode(userId));
    }
}
