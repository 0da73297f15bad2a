package dev.todo.tasks;

import org.jspecify.annotations.Nullable;

/** One page of a user's tasks: which, in what order, how many, and after which place. */
public record TaskQuery(
        String userId,
        TaskFilter filter,
        TaskOrder order,
        int limit,
        @Nullable String cursor) {}
