package dev.todo.tasks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tasks that a bulk change is for: those with these ids or, without ids, those that the filter lets pass. */
public record TaskSelection(List<Long> ids, @Nullable TaskFilter filter, boolean dryRun) {
    public TaskSelection {
        if (ids.isEmpty() == (filter == null)) {
            throw new IllegalArgumentException("Exactly one of the two");
        }
        ids = List.copyOf(ids);
    }
}
