package dev.todo.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items what is on it
 * @param nextCursor where the next page begins; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    /** Takes a copy of the items. */
    public Page {
        items = List.copyOf(items);
    }
}
