package dev.todo.tasks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task as it is kept: what its owner has written, and what the server knows besides. */
public record Task(
        long id,
        String userId,
        TaskDraft draft,
        @Nullable Instant completedAt,
        @Nullable Instant dueAt,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /** Clocks of two servers may differ; a task's own time never runs backwards. */
    Task written(TaskDraft newDraft, @Nullable Instant newDueAt, Instant now) {
        Instant time = now.isAfter(updatedAt) ? now : updatedAt;
        return new Task(
                id,
                userId,
                newDraft,
                newDraft.completed() ? draft.completed() ? completedAt : time : null,
                newDueAt,
                createdAt,
                time,
                version);
    }
}
