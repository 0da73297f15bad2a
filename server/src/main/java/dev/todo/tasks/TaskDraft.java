package dev.todo.tasks;

import dev.todo.tasks.recurrence.Due;
import dev.todo.tasks.recurrence.Mode;
import dev.todo.tasks.recurrence.Rule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Everything of a task that its owner may write. */
public record TaskDraft(
        String title,
        @Nullable String description,
        boolean completed,
        Priority priority,
        List<String> tags,
        @Nullable Due due,
        List<Reminder> reminders,
        @Nullable Rule rule,
        Mode mode) {
    public TaskDraft {
        tags = List.copyOf(tags);
        reminders = List.copyOf(reminders);
    }

    public TaskDraft completed(boolean done) {
        return new TaskDraft(title, description, done, priority, tags, due, reminders, rule, mode);
    }

    boolean hasTheWordsOf(TaskDraft other) {
        return title.equals(other.title) && Objects.equals(description, other.description);
    }

    /** The same, at another time; open. */
    TaskDraft moved(Occurrence to) {
        return new TaskDraft(title, description, false, priority, tags, to.due(), to.reminders(), to.rule(), mode);
    }
}
