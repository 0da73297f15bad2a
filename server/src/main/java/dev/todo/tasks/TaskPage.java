package dev.todo.tasks;

import dev.todo.tasks.TaskStore.Found;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of tasks, and where the next one begins. */
public record TaskPage(List<Task> tasks, @Nullable String nextCursor) {
    /** Made from one task more than the page holds, which tells whether there is a next page. */
    static TaskPage of(TaskQuery query, List<Found> found) {
        List<Task> tasks = found.stream().limit(query.limit()).map(Found::task).toList();
        return new TaskPage(
                tasks,
                found.size() <= query.limit()
                        ? null
                        : TaskCursor.after(found.get(query.limit() - 1), query.order())
                                .encode(query));
    }
}
