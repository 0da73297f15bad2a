package dev.todo.client;

import dev.todo.client.generated.model.TaskJson;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task, as the server keeps it. To change it, say what is to change:
 *
 * <pre>{@code
 * Task task = todo.tasks().get(42);
 * Task renamed = todo.tasks().update(task, TaskPatch.change().title("Pay the rent").noDue());
 * }</pre>
 */
public final class Task extends View<TaskJson> {
    Task(TaskJson json) {
        super(json);
    }

    /** Its id. */
    public long id() {
        return json.id();
    }

    /** Whose it is. */
    public String userId() {
        return json.userId();
    }

    /** What is to be done. */
    public String title() {
        return json.title();
    }

    /** More about it. */
    public @Nullable String description() {
        return json.description();
    }

    /** Whether it is done. */
    public boolean completed() {
        return json.completed();
    }

    /** When it was completed; null while it is open, or if nobody knows. */
    public @Nullable Instant completedAt() {
        return json.completedAt();
    }

    /** How much it matters. */
    public Priority priority() {
        return Priority.of(json.priority().value());
    }

    /** Its tags, in the order given. */
    public List<String> tags() {
        return List.copyOf(json.tags());
    }

    /** The day on which it is due; null for never. */
    public @Nullable LocalDate dueDate() {
        return json.dueDate();
    }

    /** The time of that day; null for its end. */
    public @Nullable LocalTime dueTime() {
        return json.dueTime() == null ? null : LocalTime.parse(json.dueTime());
    }

    /** The time zone that the time is meant in, by its IANA name; null for that of the account. */
    public @Nullable String dueTimeZone() {
        return json.dueTimeZone();
    }

    /** The instant at which it is due; null for never. */
    public @Nullable Instant dueAt() {
        return json.dueAt();
    }

    /** When to remind of it. */
    public List<Reminder> reminders() {
        return json.reminders().stream().map(Reminder::of).toList();
    }

    /** How it repeats, as a rule of RFC 5545; null for not at all. */
    public @Nullable String recurrence() {
        return json.recurrence();
    }

    /** What its next occurrence is counted from. */
    public RecurrenceMode recurrenceMode() {
        return RecurrenceMode.of(json.recurrenceMode().value());
    }

    /** The id of the first occurrence, which all share; null if it does not repeat. */
    public @Nullable Long seriesId() {
        return json.seriesId();
    }

    /** The id of the occurrence that followed when this one was completed; null if none did. */
    public @Nullable Long nextOccurrenceId() {
        return json.nextOccurrenceId();
    }

    /** When it was created. */
    public Instant createdAt() {
        return json.createdAt();
    }

    /** When it was last changed. */
    public Instant updatedAt() {
        return json.updatedAt();
    }

    /** Grows with each change. */
    public long version() {
        return json.version();
    }

    /** The entity tag of this version. */
    public String etag() {
        return '"' + Long.toString(version()) + '"';
    }

    /** What the server has said of it that this client has no name for, as plain Java values. */
    public Map<String, @Nullable Object> unknown() {
        return Frozen.map(json.unknown());
    }
}
