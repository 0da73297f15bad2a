package dev.todo.tasks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task from elsewhere. Its ids are those that it had there, and tie it to others that come with it. It may have been
 * created, or completed, just now: nothing is said of when.
 */
public record ImportedTask(
        TaskDraft draft,
        boolean completedNow,
        @Nullable Instant completedAt,
        @Nullable Instant createdAt,
        @Nullable Long id,
        @Nullable Long seriesId,
        @Nullable Long nextId) {

    @Nullable
    Instant completedAt(Instant now) {
        return completedNow ? now : completedAt;
    }

    Instant createdAt(Instant now) {
        return createdAt == null ? now : createdAt;
    }

    boolean isOpenOccurrence() {
        return seriesId != null && draft.rule() != null && nextId == null && !draft.completed();
    }

    boolean isTied() {
        return seriesId != null || nextId != null;
    }
}
