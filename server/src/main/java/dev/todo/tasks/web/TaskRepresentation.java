package dev.todo.tasks.web;

import dev.todo.api.model.DueFilter;
import dev.todo.api.model.RecurrenceMode;
import dev.todo.api.model.Task;
import dev.todo.api.model.TaskCreate;
import dev.todo.api.model.TaskPage;
import dev.todo.api.model.TaskPatch;
import dev.todo.api.model.TaskPriority;
import dev.todo.api.model.TaskReminder;
import dev.todo.api.model.TaskReplace;
import dev.todo.api.model.TaskSort;
import dev.todo.api.model.TaskStatusFilter;
import dev.todo.tasks.Priority;
import dev.todo.tasks.Reminder;
import dev.todo.tasks.TaskDraft;
import dev.todo.tasks.TaskFilter.DueOn;
import dev.todo.tasks.TaskFilter.Span;
import dev.todo.tasks.TaskOrder;
import dev.todo.tasks.TaskOrder.Term;
import dev.todo.tasks.TaskStatus;
import dev.todo.tasks.recurrence.Due;
import dev.todo.tasks.recurrence.Mode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openapitools.jackson.nullable.JsonNullable;

/** Tasks as the contract writes them, and back. */
public final class TaskRepresentation {
    private TaskRepresentation() {}

    public static Task of(dev.todo.tasks.Task task) {
        TaskDraft draft = task.draft();
        Due due = draft.due();
        return new Task(
                task.id(),
                task.userId(),
                draft.title(),
                draft.description(),
                draft.completed(),
                utc(task.completedAt()),
                TaskPriority.valueOf(draft.priority().name()),
                draft.tags(),
                due == null ? null : due.date(),
                due == null || due.time() == null ? null : due.time().toString(),
                due == null || due.zone() == null ? null : due.zone().getId(),
                utc(task.dueAt()),
                draft.reminders().stream().map(TaskRepresentation::of).toList(),
                draft.rule() == null ? null : draft.rule().text(),
                RecurrenceMode.valueOf(draft.mode().name()),
                task.seriesId(),
                task.nextId(),
                task.createdAt().atOffset(ZoneOffset.UTC),
                task.updatedAt().atOffset(ZoneOffset.UTC),
                task.version());
    }

    private static TaskReminder of(Reminder reminder) {
        return new TaskReminder(reminder.minutesBefore(), utc(reminder.at()));
    }

    static TaskPage of(dev.todo.tasks.TaskPage page) {
        return new TaskPage(page.tasks().stream().map(TaskRepresentation::of).toList(), page.nextCursor());
    }

    public static TaskDraft draft(TaskCreate body) {
        TaskInput input = new TaskInput();
        TaskDraft draft = new TaskDraft(
                TaskInput.trimmed(body.getTitle()),
                body.getDescription().orElse(null),
                Boolean.TRUE.equals(body.getCompleted()),
                priority(body.getPriority()),
                input.tags(body.getTags()),
                input.due(
                        body.getDueDate().orElse(null),
                        body.getDueTime().orElse(null),
                        body.getDueTimeZone().orElse(null)),
                input.reminders(body.getReminders()),
                input.rule(body.getRecurrence().orElse(null)),
                mode(body.getRecurrenceMode()));
        input.ensureGood();
        return draft;
    }

    static TaskDraft draft(TaskReplace body) {
        TaskInput input = new TaskInput();
        TaskDraft draft = new TaskDraft(
                TaskInput.trimmed(body.getTitle()),
                body.getDescription().orElse(null),
                Boolean.TRUE.equals(body.getCompleted()),
                priority(body.getPriority()),
                input.tags(body.getTags()),
                input.due(
                        body.getDueDate().orElse(null),
                        body.getDueTime().orElse(null),
                        body.getDueTimeZone().orElse(null)),
                input.reminders(body.getReminders()),
                input.rule(body.getRecurrence().orElse(null)),
                mode(body.getRecurrenceMode()));
        input.ensureGood();
        return draft;
    }

    static UnaryOperator<TaskDraft> change(TaskPatch body) {
        return before -> {
            TaskInput input = new TaskInput();
            TaskDraft after = new TaskDraft(
                    body.getTitle() == null ? before.title() : TaskInput.trimmed(body.getTitle()),
                    patched(body.getDescription(), before.description()),
                    Objects.requireNonNullElse(body.getCompleted(), before.completed()),
                    body.getPriority() == null ? before.priority() : priority(body.getPriority()),
                    body.getTags() == null ? before.tags() : input.tags(body.getTags()),
                    due(body, before.due(), input),
                    body.getReminders() == null ? before.reminders() : input.reminders(body.getReminders()),
                    body.getRecurrence().isPresent()
                            ? input.rule(body.getRecurrence().get())
                            : before.rule(),
                    body.getRecurrenceMode() == null ? before.mode() : mode(body.getRecurrenceMode()));
            input.ensureGood();
            return after;
        };
    }

    private static @Nullable Due due(TaskPatch body, @Nullable Due before, TaskInput input) {
        LocalDate date = before == null ? null : before.date();
        String time =
                before == null || before.time() == null ? null : before.time().toString();
        String zone =
                before == null || before.zone() == null ? null : before.zone().getId();
        return input.due(
                patched(body.getDueDate(), date),
                patched(body.getDueTime(), time),
                patched(body.getDueTimeZone(), zone));
    }

    private static <T> @Nullable T patched(JsonNullable<T> sent, @Nullable T before) {
        return sent.isPresent() ? sent.get() : before;
    }

    private static Mode mode(@Nullable RecurrenceMode sent) {
        return sent == null ? Mode.FIXED : Mode.valueOf(sent.name());
    }

    private static Priority priority(@Nullable TaskPriority sent) {
        return sent == null ? Priority.NONE : Priority.valueOf(sent.name());
    }

    static TaskStatus status(TaskStatusFilter status) {
        return TaskStatus.valueOf(status.name());
    }

    static Set<Priority> priorities(@Nullable List<TaskPriority> sent) {
        return sent == null
                ? Set.of()
                : sent.stream().map(TaskRepresentation::priority).collect(Collectors.toSet());
    }

    static Set<String> tags(@Nullable List<String> sent) {
        return sent == null ? Set.of() : sent.stream().map(TaskInput::trimmed).collect(Collectors.toSet());
    }

    static @Nullable DueOn dueOn(@Nullable DueFilter sent) {
        return sent == null ? null : DueOn.valueOf(sent.name());
    }

    static Span span(@Nullable OffsetDateTime from, @Nullable OffsetDateTime before) {
        return new Span(from == null ? null : from.toInstant(), before == null ? null : before.toInstant());
    }

    static TaskOrder order(List<TaskSort> sort) {
        return new TaskOrder(sort.stream().map(TaskRepresentation::term).toList());
    }

    private static Term term(TaskSort sort) {
        boolean descending = sort.getValue().startsWith("-");
        String key = descending ? sort.getValue().substring(1) : sort.getValue();
        return new Term(TaskOrder.Key.valueOf(key.toUpperCase(Locale.ROOT)), descending);
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
