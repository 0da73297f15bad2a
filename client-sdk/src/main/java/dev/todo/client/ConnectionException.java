package dev.todo.client;

/** The server could not be reached, or the connection ended before the answer did. */
public final class ConnectionException extends TodoException {
    private static final long serialVersionUID = 1;

    ConnectionException(String message, Throwable cause, boolean retryable, boolean outcomeUnknown) {
        super(message, cause, retryable, outcomeUnknown);
    }
}
