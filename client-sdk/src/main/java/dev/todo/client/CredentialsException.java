package dev.todo.client;

import org.jspecify.annotations.Nullable;

/** There was no access token to send the request with: logging in or refreshing failed, which is the cause, or the token supplier did. */
public final class CredentialsException extends TodoException {
    private static final long serialVersionUID = 1;

    CredentialsException(String message, @Nullable Throwable cause) {
        super(message, cause, cause instanceof TodoException failed && failed.retryable(), false);
    }
}
