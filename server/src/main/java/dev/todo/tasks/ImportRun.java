package dev.todo.tasks;

import dev.todo.problem.InputError;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of the lines of one import: judged at one instant, for a user in one zone, by each pass alike. */
final class ImportRun {
    private static final int MOST_ERRORS = 100;

    final ZoneId zone;
    final Instant now;
    final NewIds ids = new NewIds();
    private final List<InputError> errors = new ArrayList<>();
    private int good;
    private int bad;

    ImportRun(ZoneId zone, Instant now) {
        this.zone = zone;
        this.now = now;
    }

    /** A task that may be written, and when it is due. */
    record Sound(ImportedTask task, @Nullable Instant dueAt) {}

    /** Counts the line, and notes what is wrong with it. */
    void judge(ImportedLine line) {
        ImportedTask task = line.task();
        List<InputError> wrong = wrong(line);
        if (task != null && wrong.isEmpty()) {
            ids.note(task, good++);
            return;
        }
        bad++;
        wrong.stream()
                .limit(MOST_ERRORS - errors.size())
                .map(error -> error.in(line.number()))
                .forEach(errors::add);
    }

    /** Null for a line that is not good. */
    @Nullable
    Sound sound(ImportedLine line) {
        ImportedTask task = line.task();
        return task != null && wrong(line).isEmpty() ? new Sound(task, dueAt(task)) : null;
    }

    private List<InputError> wrong(ImportedLine line) {
        ImportedTask task = line.task();
        return task == null ? line.errors() : TaskRules.errors(task, now);
    }

    private @Nullable Instant dueAt(ImportedTask task) {
        return TaskRules.dueAt(task.draft().due(), zone);
    }

    ImportReport report() {
        return new ImportReport(good, bad, List.copyOf(errors));
    }
}
