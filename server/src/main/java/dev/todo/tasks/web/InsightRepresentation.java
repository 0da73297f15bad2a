package dev.todo.tasks.web;

import dev.todo.api.model.CompletedOnDay;
import dev.todo.api.model.Tag;
import dev.todo.api.model.TagPage;
import dev.todo.api.model.TagUse;
import dev.todo.api.model.TaskStats;
import dev.todo.api.model.TasksByPriority;
import dev.todo.api.model.TasksByStatus;
import dev.todo.tasks.Priority;

/** Statistics and tags as the contract writes them. */
final class InsightRepresentation {
    private InsightRepresentation() {}

    static TaskStats of(dev.todo.tasks.TaskStats stats) {
        return new TaskStats(
                stats.timeZone(),
                stats.total(),
                new TasksByStatus(stats.pending(), stats.completed()),
                new TasksByPriority(
                        stats.of(Priority.NONE),
                        stats.of(Priority.LOW),
                        stats.of(Priority.MEDIUM),
                        stats.of(Priority.HIGH),
                        stats.of(Priority.URGENT)),
                stats.byTag().stream()
                        .map(tag -> new TagUse(tag.name(), tag.tasks()))
                        .toList(),
                stats.overdue(),
                stats.dueToday(),
                stats.dueThisWeek(),
                stats.completionRate(),
                stats.completedPerDay().stream()
                        .map(day -> new CompletedOnDay(day.date(), day.tasks()))
                        .toList(),
                stats.currentStreak());
    }

    static Tag of(dev.todo.tasks.Tag tag) {
        return new Tag(tag.name(), tag.tasks(), tag.pending());
    }

    static TagPage of(dev.todo.tasks.TagPage page) {
        return new TagPage(page.tags().stream().map(InsightRepresentation::of).toList(), page.nextCursor());
    }
}
