package dev.todo.tasks;

import dev.todo.problem.InputError;
import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What becomes of the lines of one import: judged at one instant, for a user in one zone, by each pass alike. */
final class ImportRun {
    private static final int MOST_ERRORS = 100;

    /** As many as a user may have tasks: to judge lines without end would take time without end. */
    private static final int MOST_LINES = 100_000;

    final ZoneId zone;
    final Instant now;
    final NewIds ids = new NewIds();
    private final List<InputError> errors = new ArrayList<>();
    /** By series, where its open occurrence stands: there is one at a time. */
    private final Map<Long, Integer> openLines = new HashMap<>();

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
        if (good + bad >= MOST_LINES) {
            throw Problem.invalid(
                    ProblemType.INVALID_CONTENT,
                    "The file has over 100,000 entries, so nothing was imported. Split it.",
                    List.of(InputError.at("", "is one entry too many").in(line.number())));
        }
        ImportedTask task = line.task();
        if (task != null && task.isOpenOccurrence()) {
            openLines.putIfAbsent(task.seriesId(), line.number());
        }
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
        if (task == null) {
            return line.errors();
        }
        List<InputError> errors = TaskRules.errors(task, now);
        if (task.isOpenOccurrence() && !Objects.equals(openLines.get(task.seriesId()), line.number())) {
            errors.add(InputError.at("/series_id", "has an open occurrence in this file already"));
        }
        return errors;
    }

    private @Nullable Instant dueAt(ImportedTask task) {
        return TaskRules.dueAt(task.draft().due(), zone);
    }

    ImportReport report() {
        return new ImportReport(good, bad, List.copyOf(errors));
    }
}
