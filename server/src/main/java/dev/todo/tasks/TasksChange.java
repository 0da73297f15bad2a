package dev.todo.tasks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What many tasks are to have in common afterwards: tags that they have, tags that they do not, and a priority. */
public record TasksChange(
        List<String> addedTags,
        List<String> removedTags,
        @Nullable Priority priority) {
    public TasksChange {
        addedTags = List.copyOf(addedTags);
        removedTags = List.copyOf(removedTags);
    }
}
