package dev.todo.tasks;

import dev.todo.tasks.recurrence.Due;
import dev.todo.tasks.recurrence.Mode;
import dev.todo.tasks.recurrence.Rule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A task as it is kept: what its owner has written, and what the server knows besides. {@code firstId} is the first
 * occurrence of the series, for all but the first; {@code nextId} the one that followed when this one was completed.
 */
public record Task(
        long id,
        String userId,
        TaskDraft draft,
        @Nullable Instant completedAt,
        @Nullable Instant dueAt,
        @Nullable Long firstId,
        @Nullable Long nextId,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /** Clocks of two servers may differ; a task's own time never runs backwards. */
    Task written(TaskDraft newDraft, @Nullable Instant newDueAt, Instant now) {
        Instant time = now.isAfter(updatedAt) ? now : updatedAt;
        Instant newCompletedAt = newDraft.completed() ? draft.completed() ? completedAt : time : null;
        return new Task(id, userId, newDraft, newCompletedAt, newDueAt, firstId, nextId, createdAt, time, version);
    }

    Task followedBy(long next) {
        return new Task(id, userId, draft, completedAt, dueAt, firstId, next, createdAt, updatedAt, version);
    }

    /** The id that all occurrences share; null for a task that never repeated. */
    public @Nullable Long seriesId() {
        return firstId != null ? firstId : draft.rule() != null || nextId != null ? (Long) id : null;
    }

    /** The one open occurrence of its series; one that was reopened has been followed already. */
    boolean isOpenOccurrence() {
        return draft.rule() != null && nextId == null && !draft.completed();
    }

    /** Whether what must hold between fields can be broken by writing this; a user who moves may have broken it before. */
    boolean isRescheduledBy(TaskDraft newDraft) {
        return !Objects.equals(newDraft.due(), draft.due())
                || !Objects.equals(newDraft.rule(), draft.rule())
                || !newDraft.reminders().equals(draft.reminders());
    }

    /** Whether writing this completes the open occurrence. */
    boolean isClosedBy(TaskDraft newDraft) {
        return newDraft.completed() && newDraft.rule() != null && nextId == null && !draft.completed();
    }

    /** The next occurrence, when this one is done. */
    Optional<TaskDraft> next(Mode mode, Instant done, ZoneId zone) {
        Rule rule = draft.rule();
        Due due = draft.due();
        if (rule == null || due == null) {
            return Optional.empty();
        }
        return new Occurrence(due, rule, draft.reminders())
                .next(mode, done, zone)
                .map(draft::moved);
    }
}
