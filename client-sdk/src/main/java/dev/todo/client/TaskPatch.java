package dev.todo.client;

import dev.todo.client.generated.model.TaskPatchJson;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is to change of a task. What is not said stays as it is; null, and the methods that begin with {@code no}, take
 * a value away.
 *
 * <pre>{@code
 * todo.tasks().update(42, TaskPatch.change().title("Pay the rent").description(null).noRecurrence());
 * }</pre>
 */
public final class TaskPatch extends View<TaskPatchJson> {
    private static final TaskPatch NOTHING = new TaskPatch(TaskPatchJson.EMPTY);

    private TaskPatch(TaskPatchJson json) {
        super(json);
    }

    /** Nothing, yet. */
    public static TaskPatch change() {
        return NOTHING;
    }

    /** Another title. */
    public TaskPatch title(String title) {
        return new TaskPatch(json.title(title));
    }

    /** Another description; null for none. */
    public TaskPatch description(@Nullable String description) {
        return new TaskPatch(json.description(description));
    }

    /** Whether it is done. */
    public TaskPatch completed(boolean completed) {
        return new TaskPatch(json.completed(completed));
    }

    /** Another priority. */
    public TaskPatch priority(Priority priority) {
        return new TaskPatch(json.priority(priority.json()));
    }

    /** These tags and no others. */
    public TaskPatch tags(String... tags) {
        return new TaskPatch(json.tags(List.of(tags)));
    }

    /** Due at the end of a day. */
    public TaskPatch due(LocalDate date) {
        return new TaskPatch(json.dueDate(date).dueTime(null).dueTimeZone(null));
    }

    /** Due at a time of a day, wherever the user is. */
    public TaskPatch due(LocalDate date, LocalTime time) {
        return new TaskPatch(json.dueDate(date).dueTime(TaskDraft.minutes(time)).dueTimeZone(null));
    }

    /** Due at a time of a day in one time zone. */
    public TaskPatch due(LocalDate date, LocalTime time, ZoneId zone) {
        return new TaskPatch(json.dueDate(date).dueTime(TaskDraft.minutes(time)).dueTimeZone(zone.getId()));
    }

    /** Another day, at the time that it was due. */
    public TaskPatch dueDate(LocalDate date) {
        return new TaskPatch(json.dueDate(date));
    }

    /** Another time, on the day that it was due; null for the end of the day. */
    public TaskPatch dueTime(@Nullable LocalTime time) {
        return new TaskPatch(
                time == null ? json.dueTime(null).dueTimeZone(null) : json.dueTime(TaskDraft.minutes(time)));
    }

    /** Another time zone; null for that of the account. */
    public TaskPatch dueTimeZone(@Nullable ZoneId zone) {
        return new TaskPatch(json.dueTimeZone(zone == null ? null : zone.getId()));
    }

    /** Not due. */
    public TaskPatch noDue() {
        return new TaskPatch(json.dueDate(null).dueTime(null).dueTimeZone(null));
    }

    /** These reminders and no others. */
    public TaskPatch reminders(Reminder... reminders) {
        return new TaskPatch(
                json.reminders(Stream.of(reminders).map(Reminder::json).toList()));
    }

    /** Repeating by another rule of RFC 5545. */
    public TaskPatch every(String rule) {
        return new TaskPatch(json.recurrence(rule));
    }

    /** No longer repeating. */
    public TaskPatch noRecurrence() {
        return new TaskPatch(json.recurrence(null));
    }

    /** With occurrences that are counted from the due date, or from the day of completion. */
    public TaskPatch recurrenceMode(RecurrenceMode mode) {
        return new TaskPatch(json.recurrenceMode(mode.json()));
    }

    /** Whether it changes nothing. */
    public boolean isEmpty() {
        return json.fields().isEmpty();
    }

    /** Whether a task is already as this would have it. */
    boolean holdsIn(Task task) {
        JsonNode now = Json.tree(task.json);
        return Json.tree(json).properties().stream()
                .allMatch(field -> now.path(field.getKey()).equals(field.getValue())
                        || (field.getValue().isNull()
                                && now.path(field.getKey()).isMissingNode()));
    }
}
