package dev.todo.transfer;

import org.jspecify.annotations.Nullable;

/** A line of a file, counted from 1, without what ends it. */
final class TextLine {
    static final int LONGEST = 64 * 1024;

    static final String TOO_LONG = "is over %d bytes: make it shorter".formatted(LONGEST);

    private final int number;
    private final byte @Nullable [] bytes;

    TextLine(int number, byte @Nullable [] bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    int number() {
        return number;
    }

    /** Null for those of a line that is too long. */
    byte @Nullable [] bytes() {
        return bytes;
    }

    boolean isBlank() {
        if (bytes == null) {
            return false;
        }
        for (byte b : bytes) {
            if (b != ' ' && b != '\t') {
                return false;
            }
        }
        return true;
    }
}
