package dev.todo.client;

import org.jspecify.annotations.Nullable;

/** The client was closed before the call, or while it was under way. */
public final class ClientClosedException extends TodoException {
    private static final long serialVersionUID = 1;

    ClientClosedException(@Nullable Throwable cause, boolean outcomeUnknown) {
        super("The client is closed.", cause, false, outcomeUnknown);
    }
}
