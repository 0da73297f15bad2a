package dev.todo.tasks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of tasks, and where the next one begins. */
public record TaskPage(List<Task> tasks, @Nullable String nextCursor) {
    /** Made from one task more than the page holds, which tells whether there is a next page. */
    static TaskPage of(TaskQuery query, List<Task> found) {
        if (found.size() <= query.limit()) {
            return new TaskPage(found, null);
        }
        List<Task> page = List.copyOf(found.subList(0, query.limit()));
        return new TaskPage(
                page, TaskCursor.after(page.get(page.size() - 1), query.order()).encode(query));
    }
}
