package dev.todo.problem;

import org.jspecify.annotations.Nullable;

/** Why the server will not start, as one sentence for the operator: it names the setting and says what to do. */
public final class StartRefused extends IllegalArgumentException {
    public StartRefused(String sentence) {
        this(sentence, null);
    }

    public StartRefused(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
