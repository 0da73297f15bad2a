package dev.todo.transfer;

import org.jspecify.annotations.Nullable;

/** One task of a file, as JSON in the contract's terms, and the line where it begins; or why it cannot be read. */
public final class Entry {
    private final int line;
    private final byte @Nullable [] json;
    private final @Nullable String refusal;

    private Entry(int line, byte @Nullable [] json, @Nullable String refusal) {
        this.line = line;
        this.json = json;
        this.refusal = refusal;
    }

    static Entry of(int line, byte[] json) {
        return new Entry(line, json, null);
    }

    static Entry refused(int line, String refusal) {
        return new Entry(line, null, refusal);
    }

    public int line() {
        return line;
    }

    /** Null for one that was refused. */
    public byte @Nullable [] json() {
        return json;
    }

    public @Nullable String refusal() {
        return refusal;
    }
}
