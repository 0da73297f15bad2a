package dev.todo.tasks;

import java.util.List;

/** What a bulk change has done or, if it was a dry run, would do. */
public record BulkResult(boolean dryRun, int matched, int changed, List<Long> notFound, int nextOccurrences) {
    public BulkResult {
        notFound = List.copyOf(notFound);
    }
}
