package dev.todo.client;

import java.util.Objects;

/** One of a set of words that grows, such as a priority: one that is newer than this client is a value as any other. */
public abstract class OpenValue {
    private final String value;

    OpenValue(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** The word, as it stands in JSON. */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return getClass().isInstance(other) && value.equals(((OpenValue) other).value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
