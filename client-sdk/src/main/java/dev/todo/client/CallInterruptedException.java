package dev.todo.client;

/** The thread that waited for the answer was interrupted; the exchange was cancelled, and the thread is interrupted still. */
public final class CallInterruptedException extends TodoException {
    private static final long serialVersionUID = 1;

    CallInterruptedException(InterruptedException cause, boolean outcomeUnknown) {
        super("The thread was interrupted while it waited for the answer.", cause, false, outcomeUnknown);
    }
}
