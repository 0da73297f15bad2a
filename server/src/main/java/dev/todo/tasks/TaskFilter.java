package dev.todo.tasks;

import dev.todo.values.CaseFolding;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which tasks are meant: those that every part of it lets pass. Tags are as they are compared. */
public record TaskFilter(
        TaskStatus status,
        Set<Priority> priorities,
        Set<String> tags,
        Set<String> anyTags,
        @Nullable String words,
        @Nullable DueOn dueOn,
        @Nullable Boolean overdue,
        Span due,
        Span created,
        Span updated,
        @Nullable Boolean recurring,
        @Nullable Long series) {
    /** When tasks are due, as their user sees it. */
    public enum DueOn {
        TODAY,
        WEEK,
        NONE;

        /** Today, or the week from Monday to Sunday that today is in; any time for what depends on neither. */
        Span span(ZoneId zone, Instant now) {
            if (this == NONE) {
                return Span.EVER;
            }
            LocalDate today = now.atZone(zone).toLocalDate();
            LocalDate first = this == WEEK ? today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)) : today;
            LocalDate next = first.plusDays(this == WEEK ? 7 : 1);
            return new Span(
                    first.atStartOfDay(zone).toInstant(),
                    next.atStartOfDay(zone).toInstant());
        }
    }

    /** From a time on, and before another. */
    public record Span(@Nullable Instant from, @Nullable Instant before) {
        public static final Span EVER = new Span(null, null);
    }

    public TaskFilter {
        priorities = new TreeSet<>(priorities);
        tags = folded(tags);
        anyTags = folded(anyTags);
    }

    public static TaskFilter of(TaskStatus status) {
        return new TaskFilter(
                status, Set.of(), Set.of(), Set.of(), null, null, null, Span.EVER, Span.EVER, Span.EVER, null, null);
    }

    /** All occurrences of a series, by the id that they share. */
    static TaskFilter ofSeries(long id) {
        return new TaskFilter(
                TaskStatus.ALL,
                Set.of(),
                Set.of(),
                Set.of(),
                null,
                null,
                null,
                Span.EVER,
                Span.EVER,
                Span.EVER,
                null,
                id);
    }

    boolean dependsOnTheZone() {
        return dueOn == DueOn.TODAY || dueOn == DueOn.WEEK;
    }

    /** When the tasks are due that it names by the user's days; any time where it names none. */
    Span dueOn(ZoneId zone, Instant now) {
        return dueOn == null ? Span.EVER : dueOn.span(zone, now);
    }

    /** The same text for the same filter, and another for another: no word holds what divides them. */
    String fingerprint() {
        return Stream.of(
                        status,
                        priorities,
                        listed(tags),
                        listed(anyTags),
                        words,
                        dueOn,
                        overdue,
                        due,
                        created,
                        updated,
                        recurring,
                        series)
                .map(String::valueOf)
                .collect(Collectors.joining("\0"));
    }

    private static String listed(Set<String> tags) {
        return tags.stream().map(tag -> tag.length() + ":" + tag).collect(Collectors.joining());
    }

    private static Set<String> folded(Collection<String> tags) {
        return tags.stream().map(CaseFolding::of).collect(Collectors.toCollection(TreeSet::new));
    }
}
