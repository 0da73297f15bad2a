package dev.todo.client;

import dev.todo.client.generated.model.TagJson;

/** A tag, and how many tasks have it. */
public final class Tag extends View<TagJson> {
    Tag(TagJson json) {
        super(json);
    }

    /** The tag. */
    public String name() {
        return json.name();
    }

    /** How many tasks have it. */
    public int tasks() {
        return json.tasks();
    }

    /** How many of them are open. */
    public int pending() {
        return json.pending();
    }
}
