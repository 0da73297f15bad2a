package dev.todo.client;

import org.jspecify.annotations.Nullable;

/** The call, with all its attempts, or its last attempt took longer than it may. */
public final class CallTimeoutException extends TodoException {
    private static final long serialVersionUID = 1;

    CallTimeoutException(String message, @Nullable Throwable cause, boolean outcomeUnknown) {
        super(message, cause, true, outcomeUnknown);
    }
}
