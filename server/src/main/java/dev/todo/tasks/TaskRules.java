package dev.todo.tasks;

import dev.todo.problem.InputError;
import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import dev.todo.tasks.recurrence.Due;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold between the fields of a task. */
final class TaskRules {
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 9999;
    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");
    private static final String ABSURD = "must lie in the years 1900 to 9999";

    private TaskRules() {}

    /** When it is due; the very last day ends with its year, wherever that is. */
    static @Nullable Instant dueAt(@Nullable Due due, ZoneId zone) {
        return due == null ? null : sayable(due.at(zone));
    }

    /** No later than the contract has a date for. */
    static Instant sayable(Instant time) {
        return time.isAfter(LAST) ? LAST : time;
    }

    /** When to remind, in the years that a reminder may name. */
    static Instant remindable(Instant time) {
        return time.isBefore(FIRST) ? FIRST : sayable(time);
    }

    static void ensureSound(TaskDraft draft, @Nullable Instant dueAt) {
        List<InputError> errors = errors(draft, dueAt);
        if (!errors.isEmpty()) {
            throw Problem.invalid(ProblemType.INVALID_CONTENT, "The body breaks the contract. See errors.", errors);
        }
    }

    /** What is wrong with a task from elsewhere, whose history is nobody's to make up. */
    static List<InputError> errors(ImportedTask task, Instant now) {
        // Reminders at a time of their own stay when their owner moves: they may have come to lie after the due.
        List<InputError> errors = errors(task.draft(), null);
        addUnlessPast(task.createdAt(now), "/created_at", now, errors);
        if (task.completedAt() != null) {
            addUnlessPast(task.completedAt(), "/completed_at", now, errors);
            if (!task.draft().completed()) {
                errors.add(InputError.at("/completed_at", "needs completed to be true: send true, or null for this"));
            }
        }
        if (task.nextId() != null && task.nextId().equals(task.id())) {
            errors.add(InputError.at("/next_occurrence_id", "must be another task's"));
        }
        return errors;
    }

    private static void addUnlessPast(Instant time, String pointer, Instant now, List<InputError> errors) {
        if (time.isBefore(FIRST)) {
            errors.add(InputError.at(pointer, ABSURD));
        } else if (time.isAfter(now)) {
            errors.add(InputError.at(pointer, "must not be in the future"));
        }
    }

    private static List<InputError> errors(TaskDraft draft, @Nullable Instant dueAt) {
        List<InputError> errors = new ArrayList<>();
        Due due = draft.due();
        if (draft.rule() != null && due == null) {
            errors.add(InputError.at("/recurrence", "needs a due_date"));
        }
        if (due != null && (due.date().getYear() < FIRST_YEAR || due.date().getYear() > LAST_YEAR)) {
            errors.add(InputError.at("/due_date", ABSURD));
        }
        for (int i = 0; i < draft.reminders().size(); i++) {
            Instant at = draft.reminders().get(i).at();
            String pointer = "/reminders/" + i;
            if (at == null && due == null) {
                errors.add(InputError.at(pointer + "/minutes_before", "needs a due_date"));
            }
            if (at != null && (at.isBefore(FIRST) || at.isAfter(LAST))) {
                errors.add(InputError.at(pointer + "/remind_at", ABSURD));
            } else if (at != null && dueAt != null && at.isAfter(dueAt)) {
                errors.add(InputError.at(pointer + "/remind_at", "must not be after the task is due"));
            }
        }
        return errors;
    }
}
