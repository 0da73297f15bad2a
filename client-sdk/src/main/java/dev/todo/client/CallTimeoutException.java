package dev.todo.client;

import org.jspecify.annotations.Nullable;

/**
 * The call, with all its attempts, or its last attempt took longer than it may.
 *
 * <pre>{@code
 * try {
 *     todo.with(CallOptions.defaults().timeout(Duration.ofSeconds(2))).tasks().complete(42);
 * } catch (CallTimeoutException late) {
 *     System.out.println(late.outcomeUnknown() ? "It may be completed." : "It is not completed.");
 * }
 * }</pre>
 */
public final class CallTimeoutException extends TodoException {
    private static final long serialVersionUID = 1;

    CallTimeoutException(String message, @Nullable Throwable cause, boolean outcomeUnknown) {
        super(message, cause, true, outcomeUnknown);
    }
}
