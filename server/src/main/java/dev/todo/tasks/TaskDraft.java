package dev.todo.tasks;

import dev.todo.tasks.recurrence.Due;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything of a task that its owner may write. */
public record TaskDraft(
        String title,
        @Nullable String description,
        boolean completed,
        Priority priority,
        List<String> tags,
        @Nullable Due due,
        List<Reminder> reminders) {
    public TaskDraft {
        tags = List.copyOf(tags);
        reminders = List.copyOf(reminders);
    }

    public TaskDraft titled(String newTitle) {
        return new TaskDraft(newTitle, description, completed, priority, tags, due, reminders);
    }

    public TaskDraft described(@Nullable String newDescription) {
        return new TaskDraft(title, newDescription, completed, priority, tags, due, reminders);
    }

    public TaskDraft completed(boolean done) {
        return new TaskDraft(title, description, done, priority, tags, due, reminders);
    }

    public TaskDraft prioritised(Priority newPriority) {
        return new TaskDraft(title, description, completed, newPriority, tags, due, reminders);
    }

    public TaskDraft tagged(List<String> newTags) {
        return new TaskDraft(title, description, completed, priority, newTags, due, reminders);
    }

    public TaskDraft due(@Nullable Due newDue) {
        return new TaskDraft(title, description, completed, priority, tags, newDue, reminders);
    }

    public TaskDraft reminding(List<Reminder> newReminders) {
        return new TaskDraft(title, description, completed, priority, tags, due, newReminders);
    }
}
