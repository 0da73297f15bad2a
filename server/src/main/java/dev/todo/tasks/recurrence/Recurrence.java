package dev.todo.tasks.recurrence;

import static dev.todo.tasks.recurrence.Mode.AFTER_COMPLETION;
import static dev.todo.tasks.recurrence.Mode.FIXED;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/** Finds the next occurrence of a task that repeats. */
public final class Recurrence {
    private Recurrence() {}

    /**
     * The occurrence after one that was completed, if there is one before the year 10000.
     *
     * <p>{@link Mode#FIXED}: the first date of the rule after the due date that is not past when the task is completed. A
     * date without a time is past when its day is over; one with a time as soon as its instant has come.
     * {@link Mode#AFTER_COMPLETION}: the first date, after the day of completion, of the rule as counted from that day.
     * What day it is, is judged in the due date's zone, or else in the account's. Time of day and zone stay as written.
     *
     * <p>COUNT is the number of occurrences left with the one at hand, and is used up by those that are passed over, too.
     * UNTIL is inclusive. A due date that the rule does not name, since its owner has moved it, is an occurrence like any
     * other: INTERVAL counts from its day, week, month or year.
     */
    public static Optional<Next> next(Rule rule, Mode mode, Due due, Instant completedAt, ZoneId accountZone) {
        LocalDate today = due.dayOf(completedAt, accountZone);
        LocalDate first = mode == FIXED ? due.date() : today;
        Occurrences dates = new Occurrences(rule, first, earliest(rule, first, today));
        int left = rule.count().orElse(Integer.MAX_VALUE);
        for (LocalDate date = dates.next(); date != null && --left > 0; date = dates.next()) {
            Due next = due.on(date);
            if (!rule.reaches(next, accountZone)) {
                return Optional.empty();
            }
            if (mode == AFTER_COMPLETION || !next.isPast(completedAt, accountZone)) {
                return Optional.of(new Next(next, rule.counting(left)));
            }
        }
        return Optional.empty();
    }

    /**
     * Where to look from. What COUNT counts must be gone through; else whatever is past is leapt over, but for yesterday:
     * where clocks skip a day, a time of yesterday may still come.
     */
    private static LocalDate earliest(Rule rule, LocalDate first, LocalDate today) {
        LocalDate afterFirst = first.plusDays(1);
        LocalDate yesterday = today.minusDays(1);
        return rule.count().isEmpty() && yesterday.isAfter(afterFirst) ? yesterday : afterFirst;
    }
}
