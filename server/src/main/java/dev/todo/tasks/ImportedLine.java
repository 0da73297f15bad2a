package dev.todo.tasks;

import dev.todo.problem.InputError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was read from one line: a task, or else what is wrong with it. */
public record ImportedLine(int number, @Nullable ImportedTask task, List<InputError> errors) {
    public static ImportedLine good(int number, ImportedTask task) {
        return new ImportedLine(number, task, List.of());
    }

    public static ImportedLine bad(int number, List<InputError> errors) {
        return new ImportedLine(number, null, errors);
    }
}
