package dev.todo.client;

import dev.todo.client.generated.model.TaskReminderDraftJson;
import dev.todo.client.generated.model.TaskReminderJson;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When to remind of a task: so long before it is due, or at a time of its own.
 *
 * <pre>{@code
 * TaskDraft.titled("Call Bob").due(LocalDate.of(2026, 12, 1)).reminders(Reminder.before(Duration.ofHours(2)));
 * }</pre>
 *
 * @param minutesBefore how many minutes before the task is due; null for a time of its own
 * @param at the time; null for one before the task is due
 */
public record Reminder(
        @Nullable Integer minutesBefore, @Nullable Instant at) {
    /** So long before the task is due, which needs a due date; in whole minutes. */
    public static Reminder before(Duration time) {
        if (!time.equals(Duration.ofMinutes(time.toMinutes()))) {
            throw new IllegalArgumentException("a reminder is whole minutes before");
        }
        long minutes = time.toMinutes();
        if (minutes < 0 || minutes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a reminder is before the task is due, by a year at most");
        }
        return new Reminder((int) minutes, null);
    }

    /** At a time of its own. */
    public static Reminder at(Instant time) {
        return new Reminder(null, time);
    }

    static Reminder of(TaskReminderJson json) {
        return new Reminder(json.minutesBefore(), json.remindAt());
    }

    TaskReminderDraftJson json() {
        return new TaskReminderDraftJson(minutesBefore, at);
    }
}
