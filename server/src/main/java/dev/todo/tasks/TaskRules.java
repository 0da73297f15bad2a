package dev.todo.tasks;

import dev.todo.problem.InputError;
import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold between the fields of a task. */
final class TaskRules {
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");
    private static final String ABSURD = "must lie in the years 1900 to 9999, in UTC, too";

    private TaskRules() {}

    static void ensureSound(TaskDraft draft, @Nullable Instant dueAt) {
        List<InputError> errors = new ArrayList<>();
        if (draft.rule() != null && dueAt == null) {
            errors.add(InputError.at("/recurrence", "needs a due_date"));
        }
        if (dueAt != null && !canBeSaid(dueAt)) {
            errors.add(InputError.at("/due_date", ABSURD));
        }
        for (int i = 0; i < draft.reminders().size(); i++) {
            Instant at = draft.reminders().get(i).at();
            String pointer = "/reminders/" + i;
            if (at == null && dueAt == null) {
                errors.add(InputError.at(pointer + "/minutes_before", "needs a due_date"));
            }
            if (at != null && !canBeSaid(at)) {
                errors.add(InputError.at(pointer + "/remind_at", ABSURD));
            } else if (at != null && dueAt != null && at.isAfter(dueAt)) {
                errors.add(InputError.at(pointer + "/remind_at", "must not be after the task is due"));
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(ProblemType.INVALID_CONTENT, "The body breaks the contract. See errors.", errors);
        }
    }

    /** Whether the contract has a date for it. */
    static boolean canBeSaid(Instant time) {
        return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
    }
}
