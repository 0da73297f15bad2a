package dev.todo.tasks;

import dev.todo.tasks.recurrence.Due;
import dev.todo.tasks.recurrence.Mode;
import dev.todo.tasks.recurrence.Recurrence;
import dev.todo.tasks.recurrence.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What differs between one occurrence of a series and the next. */
record Occurrence(Due due, Rule rule, List<Reminder> reminders) {
    /** The next one, when this one is done; its reminders are as long before it is due. */
    Optional<Occurrence> next(Mode mode, Instant done, ZoneId zone) {
        return Recurrence.next(rule, mode, due, done, zone).map(next -> {
            Duration distance = Duration.between(due.at(zone), next.due().at(zone));
            List<Reminder> moved =
                    reminders.stream().map(reminder -> reminder.later(distance)).toList();
            return new Occurrence(next.due(), next.rule(), moved);
        });
    }
}
