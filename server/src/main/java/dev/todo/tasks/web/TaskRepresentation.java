package dev.todo.tasks.web;

import dev.todo.api.model.Task;
import dev.todo.api.model.TaskCreate;
import dev.todo.api.model.TaskPage;
import dev.todo.api.model.TaskPatch;
import dev.todo.api.model.TaskReplace;
import dev.todo.api.model.TaskSort;
import dev.todo.api.model.TaskStatusFilter;
import dev.todo.tasks.TaskDraft;
import dev.todo.tasks.TaskOrder;
import dev.todo.tasks.TaskStatus;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tasks as the contract writes them, and back. */
final class TaskRepresentation {
    /** White space as the contract's patterns know it, that is ECMA-262's; Java's own idea of it differs. */
    private static final String SPACE =
            "[\\t-\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]";

    private static final Pattern OUTER_SPACE = Pattern.compile("^" + SPACE + "+|" + SPACE + "+$");

    private TaskRepresentation() {}

    static Task of(dev.todo.tasks.Task task) {
        return new Task(
                task.id(),
                task.userId(),
                task.title(),
                task.description(),
                task.completed(),
                utc(task.completedAt()),
                task.createdAt().atOffset(ZoneOffset.UTC),
                task.updatedAt().atOffset(ZoneOffset.UTC),
                task.version());
    }

    static TaskPage of(dev.todo.tasks.TaskPage page) {
        return new TaskPage(page.tasks().stream().map(TaskRepresentation::of).toList(), page.nextCursor());
    }

    static TaskDraft draft(TaskCreate body) {
        return new TaskDraft(
                trimmed(body.getTitle()), body.getDescription().orElse(null), Boolean.TRUE.equals(body.getCompleted()));
    }

    static TaskDraft draft(TaskReplace body) {
        return new TaskDraft(
                trimmed(body.getTitle()), body.getDescription().orElse(null), Boolean.TRUE.equals(body.getCompleted()));
    }

    static BiFunction<dev.todo.tasks.Task, Instant, dev.todo.tasks.Task> change(TaskPatch body) {
        return (task, now) -> {
            dev.todo.tasks.Task changed = task;
            if (body.getTitle() != null) {
                changed = changed.titled(trimmed(body.getTitle()), now);
            }
            if (body.getDescription().isPresent()) {
                changed = changed.described(body.getDescription().get(), now);
            }
            if (body.getCompleted() != null) {
                changed = changed.completedIf(body.getCompleted(), now);
            }
            return changed;
        };
    }

    static TaskStatus status(TaskStatusFilter status) {
        return TaskStatus.valueOf(status.getValue().toUpperCase(Locale.ROOT));
    }

    static TaskOrder order(TaskSort sort) {
        boolean descending = sort.getValue().startsWith("-");
        String key = descending ? sort.getValue().substring(1) : sort.getValue();
        return new TaskOrder(TaskOrder.Key.valueOf(key.toUpperCase(Locale.ROOT)), descending);
    }

    private static String trimmed(String title) {
        return OUTER_SPACE.matcher(title).replaceAll("");
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
