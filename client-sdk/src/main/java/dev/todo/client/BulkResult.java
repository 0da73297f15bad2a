package dev.todo.client;

import dev.todo.client.generated.model.BulkResultJson;
import java.util.List;

/** What was done to many tasks or, after a dry run, what would be. */
public final class BulkResult extends View<BulkResultJson> {
    BulkResult(BulkResultJson json) {
        super(json);
    }

    /** Whether nothing was changed, because only that was asked for. */
    public boolean dryRun() {
        return json.dryRun();
    }

    /** How many tasks were found. */
    public int matched() {
        return json.matched();
    }

    /** How many of them are different now, or gone. */
    public int changed() {
        return json.changed();
    }

    /** The ids that name no task of the caller. */
    public List<Long> notFound() {
        return List.copyOf(json.notFound());
    }

    /** How many next occurrences were made. */
    public int nextOccurrences() {
        return json.nextOccurrences();
    }
}
