package dev.todo.client;

import dev.todo.client.generated.model.TaskStatsJson;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all tasks of a user add up to.
 *
 * <pre>{@code
 * TaskStats stats = todo.tasks().stats();
 * System.out.println(stats.pending() + " to do, " + stats.overdue() + " of them too late");
 * stats.byTag().forEach((tag, tasks) -> System.out.println(tag + ": " + tasks));
 * }</pre>
 */
public final class TaskStats extends View<TaskStatsJson> {
    TaskStats(TaskStatsJson json) {
        super(json);
    }

    /** The time zone that days are counted in. */
    public String timeZone() {
        return json.timeZone();
    }

    /** How many tasks there are. */
    public int total() {
        return json.total();
    }

    /** How many are open. */
    public int pending() {
        return json.byStatus().pending();
    }

    /** How many are done. */
    public int completed() {
        return json.byStatus().completed();
    }

    /** How many there are of each priority, those that are newer than this client included. */
    public Map<Priority, Integer> byPriority() {
        return Insight.priorities(json.byPriority());
    }

    /** The tags that most tasks have, the most used first, and how many do. */
    public Map<String, Integer> byTag() {
        return Insight.tags(json.byTag());
    }

    /** How many open ones are overdue. */
    public int overdue() {
        return json.overdue();
    }

    /** How many open ones are due today. */
    public int dueToday() {
        return json.dueToday();
    }

    /** How many open ones are due this week. */
    public int dueThisWeek() {
        return json.dueThisWeek();
    }

    /** The part of all tasks that is done, 0 to 1; null without tasks. */
    public @Nullable Double completionRate() {
        return json.completionRate();
    }

    /** How many were completed on each of the last 30 days. */
    public Map<LocalDate, Integer> completedPerDay() {
        return Insight.days(json.completedPerDay());
    }

    /** On how many days in a row something was completed. */
    public int currentStreak() {
        return json.currentStreak();
    }
}
