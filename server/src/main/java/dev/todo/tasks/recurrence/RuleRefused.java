package dev.todo.tasks.recurrence;

/** A rule that is not taken: the message is one sentence for whoever wrote it, and repeats no more of it than the name of a part. */
public final class RuleRefused extends RuntimeException {
    RuleRefused(String sentence) {
        // Anybody can send bad rules: refusing one must cost no stack trace.
        super(sentence, null, false, false);
    }
}
