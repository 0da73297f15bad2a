package dev.todo.tasks;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A task as it is kept, and what may happen to it: each change answers the changed task, or the very same one. */
public record Task(
        long id,
        String userId,
        String title,
        @Nullable String description,
        boolean completed,
        @Nullable Instant completedAt,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    public Task replacedBy(TaskDraft draft, Instant now) {
        return titled(draft.title(), now).described(draft.description(), now).completedIf(draft.completed(), now);
    }

    public Task titled(String newTitle, Instant now) {
        return newTitle.equals(title) ? this : changed(newTitle, description, completedAt, now);
    }

    public Task described(@Nullable String newDescription, Instant now) {
        return Objects.equals(newDescription, description) ? this : changed(title, newDescription, completedAt, now);
    }

    public Task completedIf(boolean done, Instant now) {
        return done ? completed(now) : reopened(now);
    }

    public Task completed(Instant now) {
        return completed ? this : changed(title, description, notBeforeLastChange(now), now);
    }

    public Task reopened(Instant now) {
        return completed ? changed(title, description, null, now) : this;
    }

    private Task changed(
            String newTitle, @Nullable String newDescription, @Nullable Instant newCompletedAt, Instant now) {
        return new Task(
                id,
                userId,
                newTitle,
                newDescription,
                newCompletedAt != null,
                newCompletedAt,
                createdAt,
                notBeforeLastChange(now),
                version);
    }

    /** Clocks of two servers may differ; a task's own time never runs backwards. */
    private Instant notBeforeLastChange(Instant now) {
        return now.isAfter(updatedAt) ? now : updatedAt;
    }
}
