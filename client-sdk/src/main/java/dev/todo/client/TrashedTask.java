package dev.todo.client;

import dev.todo.client.generated.model.TrashedTaskJson;
import java.time.Instant;

/** A deleted task. */
public final class TrashedTask extends View<TrashedTaskJson> {
    TrashedTask(TrashedTaskJson json) {
        super(json);
    }

    /** The task, as it was. */
    public Task task() {
        return new Task(json.task());
    }

    /** When it was deleted. */
    public Instant deletedAt() {
        return json.deletedAt();
    }

    /** From when on nothing is kept of it. */
    public Instant purgeAt() {
        return json.purgeAt();
    }
}
