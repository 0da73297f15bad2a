package dev.todo.tasks.web;

import dev.todo.api.model.RecurrenceMode;
import dev.todo.api.model.Task;
import dev.todo.api.model.TaskCreate;
import dev.todo.api.model.TaskPage;
import dev.todo.api.model.TaskPatch;
import dev.todo.api.model.TaskPriority;
import dev.todo.api.model.TaskReminder;
import dev.todo.api.model.TaskReplace;
import dev.todo.api.model.TaskSort;
import dev.todo.api.model.TrashPage;
import dev.todo.api.model.TrashedTask;
import dev.todo.tasks.Priority;
import dev.todo.tasks.Reminder;
import dev.todo.tasks.TaskDraft;
import dev.todo.tasks.TaskOrder;
import dev.todo.tasks.TaskOrder.Term;
import dev.todo.tasks.recurrence.Due;
import dev.todo.tasks.recurrence.Mode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.openapitools.jackson.nullable.JsonNullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

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

    static TrashedTask of(dev.todo.tasks.TrashedTask trashed) {
        return new TrashedTask(
                of(trashed.task()),
                trashed.deletedAt().atOffset(ZoneOffset.UTC),
                trashed.purgeAt().atOffset(ZoneOffset.UTC));
    }

    static TrashPage of(dev.todo.tasks.TrashPage page) {
        return new TrashPage(page.tasks().stream().map(TaskRepresentation::of).toList(), page.nextCursor());
    }

    /** One task, with its version. */
    static ResponseEntity<Task> answer(ResponseEntity.BodyBuilder status, dev.todo.tasks.Task task) {
        return status.contentType(MediaType.APPLICATION_JSON)
                .eTag(EntityTags.of(task.version()))
                .body(of(task));
    }

    public static TaskDraft draft(TaskCreate body) {
        TaskInput input = new TaskInput();
        TaskDraft draft = new TaskDraft(
                TaskInput.trimmed(body.getTitle()),
                body.getDescription().orElse(null),
                Boolean.TRUE.equals(body.getCompleted()),
                priority(body.getPriority()),
                input.tags("tags", body.getTags()),
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
                input.tags("tags", body.getTags()),
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
                    body.getTags() == null ? before.tags() : input.tags("tags", body.getTags()),
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

    static Priority priority(@Nullable TaskPriority sent) {
        return sent == null ? Priority.NONE : Priority.valueOf(sent.name());
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
