package dev.todo.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * <pre>{@code
 * for (Page<Task> page : todo.tasks().list(TaskQuery.pending().pageSize(100)).pages()) {
 *     System.out.println(page.items().size() + " tasks, then " + page.nextCursor());
 * }
 * Page<Task> first = todo.tasks().list(TaskQuery.pending()).page(null);
 * Page<Task> second = todo.tasks().list(TaskQuery.pending()).page(first.nextCursor());
 * }</pre>
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
