package dev.todo.tasks;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When to remind of a task: some minutes before it is due, or at a time of its own. Kept as text. */
public record Reminder(
        @Nullable Integer minutesBefore, @Nullable Instant at) {
    public Reminder {
        if ((minutesBefore == null) == (at == null)) {
            throw new IllegalArgumentException("Exactly one of the two");
        }
    }

    static Reminder parse(String kept) {
        return kept.indexOf('T') < 0
                ? new Reminder(Integer.valueOf(kept), null)
                : new Reminder(null, Instant.parse(kept));
    }

    Reminder later(Duration distance) {
        return at == null ? this : new Reminder(null, TaskRules.remindable(at.plus(distance)));
    }

    String text() {
        return String.valueOf(minutesBefore == null ? at : minutesBefore);
    }
}
