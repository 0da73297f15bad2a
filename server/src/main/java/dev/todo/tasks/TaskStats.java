package dev.todo.tasks;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all tasks of a user add up to. Days are those of the zone; {@code byRank} has the priorities by their rank. */
public record TaskStats(
        String timeZone,
        int pending,
        int completed,
        List<Integer> byRank,
        List<TagUse> byTag,
        int overdue,
        int dueToday,
        int dueThisWeek,
        List<Day> completedPerDay,
        int currentStreak) {
    /** How many tasks have a tag. */
    public record TagUse(String name, int tasks) {}

    /** How many tasks were completed on a day. */
    public record Day(LocalDate date, int tasks) {}

    public TaskStats {
        byRank = List.copyOf(byRank);
        byTag = List.copyOf(byTag);
        completedPerDay = List.copyOf(completedPerDay);
    }

    public int total() {
        return pending + completed;
    }

    public int of(Priority priority) {
        return byRank.get(priority.rank);
    }

    /** Null without tasks. */
    public @Nullable Double completionRate() {
        return total() == 0 ? null : (Double) ((double) completed / total());
    }
}
