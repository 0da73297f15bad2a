package dev.todo.client;

import dev.todo.client.generated.model.TaskCreateJson;
import dev.todo.client.generated.model.TaskReplaceJson;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A task as it is to be. What is not said is none of it.
 *
 * <pre>{@code
 * TaskDraft rent = TaskDraft.titled("Pay the rent")
 *         .due(LocalDate.of(2026, 12, 1), LocalTime.of(9, 0))
 *         .every("FREQ=MONTHLY")
 *         .priority(Priority.HIGH)
 *         .tags("home");
 * }</pre>
 */
public final class TaskDraft extends View<TaskCreateJson> {
    private TaskDraft(TaskCreateJson json) {
        super(json);
    }

    /** With a title and nothing else. */
    public static TaskDraft titled(String title) {
        return new TaskDraft(new TaskCreateJson(title, null, null, null, null, null, null, null, null, null, null));
    }

    /**
     * All that this client can say of a task, to make another like it. What it has no name for, {@link Task#unknown}, is
     * not in it: to change a task, use {@link Tasks#modify}, which leaves that alone.
     */
    public static TaskDraft like(Task task) {
        TaskCreateJson json = titled(task.title())
                .description(task.description())
                .completed(task.completed())
                .priority(task.priority())
                .tags(task.tags().toArray(String[]::new))
                .reminders(task.reminders().toArray(Reminder[]::new))
                .recurrenceMode(task.recurrenceMode())
                .json
                .withDueDate(task.json.dueDate())
                .withDueTime(task.json.dueTime())
                .withDueTimeZone(task.json.dueTimeZone())
                .withRecurrence(task.json.recurrence());
        return new TaskDraft(json);
    }

    /** With another title. */
    public TaskDraft title(String title) {
        return new TaskDraft(json.withTitle(title));
    }

    /** With a description; null for none. */
    public TaskDraft description(@Nullable String description) {
        return new TaskDraft(json.withDescription(description));
    }

    /** Done already, or not. */
    public TaskDraft completed(boolean completed) {
        return new TaskDraft(json.withCompleted(completed));
    }

    /** With a priority. */
    public TaskDraft priority(Priority priority) {
        return new TaskDraft(json.withPriority(priority.json()));
    }

    /** With these tags. */
    public TaskDraft tags(String... tags) {
        return new TaskDraft(json.withTags(List.of(tags)));
    }

    /** Due at the end of a day. */
    public TaskDraft due(LocalDate date) {
        return new TaskDraft(json.withDueDate(date).withDueTime(null).withDueTimeZone(null));
    }

    /** Due at a time of a day, wherever the user is. */
    public TaskDraft due(LocalDate date, LocalTime time) {
        return new TaskDraft(json.withDueDate(date).withDueTime(minutes(time)).withDueTimeZone(null));
    }

    /** Due at a time of a day in one time zone. */
    public TaskDraft due(LocalDate date, LocalTime time, ZoneId zone) {
        return new TaskDraft(json.withDueDate(date).withDueTime(minutes(time)).withDueTimeZone(zone.getId()));
    }

    /** With these reminders. */
    public TaskDraft reminders(Reminder... reminders) {
        return new TaskDraft(
                json.withReminders(Stream.of(reminders).map(Reminder::json).toList()));
    }

    /** Repeating, by a rule of RFC 5545 such as {@code FREQ=WEEKLY;BYDAY=MO}. It needs a due date. */
    public TaskDraft every(String rule) {
        return new TaskDraft(json.withRecurrence(rule));
    }

    /** With occurrences that are counted from the due date, or from the day of completion. */
    public TaskDraft recurrenceMode(RecurrenceMode mode) {
        return new TaskDraft(json.withRecurrenceMode(mode.json()));
    }

    TaskReplaceJson replacement() {
        return new TaskReplaceJson(
                json.title(),
                json.description(),
                json.completed(),
                json.priority(),
                json.tags(),
                json.dueDate(),
                json.dueTime(),
                json.dueTimeZone(),
                json.reminders(),
                json.recurrence(),
                json.recurrenceMode());
    }

    static String minutes(LocalTime time) {
        if (!time.equals(time.truncatedTo(ChronoUnit.MINUTES))) {
            throw new IllegalArgumentException("a task is due at a whole minute");
        }
        return time.toString();
    }
}
