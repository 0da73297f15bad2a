package dev.todo.tasks;

import org.jspecify.annotations.Nullable;

/** One page of a user's tasks: which, in what order, how many, and after which place. */
public record TaskQuery(
        String userId,
        TaskFilter filter,
        TaskOrder order,
        int limit,
        @Nullable String cursor) {
    private static final TaskFilter ALL = TaskFilter.of(TaskStatus.ALL);

    /** Whether the page stands in an index as it is, however many tasks there are. */
    boolean isQuick() {
        return filter.equals(ALL) && order.isIndexed();
    }
}
