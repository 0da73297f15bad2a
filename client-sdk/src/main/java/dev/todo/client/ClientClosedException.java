package dev.todo.client;

import org.jspecify.annotations.Nullable;

/** The client was closed, or the call was cancelled. */
public final class ClientClosedException extends TodoException {
    private static final long serialVersionUID = 1;

    ClientClosedException(@Nullable Throwable cause) {
        super("The client is closed, or the call was cancelled.", cause, false, true);
    }
}
