package dev.todo.client;

import org.jspecify.annotations.Nullable;

/**
 * A call that failed. What it is tells its class:
 *
 * <ul>
 *   <li>{@link ProblemException}: the server refused it, and says why; there is a class for each common status
 *   <li>{@link UnexpectedAnswerException}: an answer came, but not one of the Todo API
 *   <li>{@link ConnectionException}: no answer came
 *   <li>{@link CallTimeoutException}: it took too long
 *   <li>{@link CredentialsException}: there was no access token to send it with
 *   <li>{@link CallInterruptedException}, {@link ClientClosedException}: it was given up on this side
 * </ul>
 *
 * <pre>{@code
 * try {
 *     todo.tasks().complete(42);
 * } catch (NotFoundException gone) {
 *     System.out.println("There is no such task.");
 * } catch (TodoException failed) {
 *     System.out.println(failed.getMessage() + (failed.retryable() ? " Try again later." : ""));
 * }
 * }</pre>
 */
public abstract class TodoException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean retryable;
    private final boolean outcomeUnknown;

    TodoException(String message, @Nullable Throwable cause, boolean retryable, boolean outcomeUnknown) {
        super(message, cause);
        this.retryable = retryable;
        this.outcomeUnknown = outcomeUnknown;
    }

    /** Whether the same call may succeed later. Where it was safe, the client has tried again by itself already. */
    public boolean retryable() {
        return retryable;
    }

    /**
     * Whether the server may have carried it out all the same: the request was sent, and its answer was lost. Never
     * true for a call that only reads.
     */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}
