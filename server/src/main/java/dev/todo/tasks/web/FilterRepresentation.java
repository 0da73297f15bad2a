package dev.todo.tasks.web;

import dev.todo.api.model.DueFilter;
import dev.todo.api.model.TaskPriority;
import dev.todo.api.model.TaskSelectionFilter;
import dev.todo.api.model.TaskStatusFilter;
import dev.todo.tasks.Priority;
import dev.todo.tasks.TaskFilter;
import dev.todo.tasks.TaskFilter.DueOn;
import dev.todo.tasks.TaskFilter.Span;
import dev.todo.tasks.TaskStatus;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Filters as the contract writes them, in a query or in a body. */
final class FilterRepresentation {
    private FilterRepresentation() {}

    static TaskFilter filter(TaskSelectionFilter sent) {
        return new TaskFilter(
                status(sent.getStatus()),
                priorities(sent.getPriority()),
                tags(sent.getTag()),
                tags(sent.getTagAny()),
                sent.getQ(),
                dueOn(sent.getDue()),
                sent.getOverdue(),
                span(sent.getDueAfter(), sent.getDueBefore()),
                span(sent.getCreatedAfter(), sent.getCreatedBefore()),
                span(sent.getUpdatedAfter(), sent.getUpdatedBefore()),
                sent.getRecurring(),
                null);
    }

    private static TaskStatus status(@Nullable TaskStatusFilter sent) {
        return sent == null ? TaskStatus.ALL : TaskStatus.valueOf(sent.name());
    }

    private static Set<Priority> priorities(@Nullable List<TaskPriority> sent) {
        return sent == null
                ? Set.of()
                : sent.stream().map(TaskRepresentation::priority).collect(Collectors.toSet());
    }

    private static Set<String> tags(@Nullable List<String> sent) {
        return sent == null ? Set.of() : sent.stream().map(TaskInput::trimmed).collect(Collectors.toSet());
    }

    private static @Nullable DueOn dueOn(@Nullable DueFilter sent) {
        return sent == null ? null : DueOn.valueOf(sent.name());
    }

    private static Span span(@Nullable OffsetDateTime from, @Nullable OffsetDateTime before) {
        return new Span(from == null ? null : nextMicro(from), before == null ? null : nextMicro(before));
    }

    /** The first microsecond from then on: whatever is kept lies on the same side of both. */
    private static Instant nextMicro(OffsetDateTime time) {
        return time.toInstant().plusNanos(999).truncatedTo(ChronoUnit.MICROS);
    }
}
