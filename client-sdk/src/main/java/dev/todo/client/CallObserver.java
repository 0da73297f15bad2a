package dev.todo.client;

import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees each call, for metrics and tracing. It is called by the threads of the exchange and must not block; what it
 * throws is logged, and does the call no harm.
 *
 * <pre>{@code
 * CallObserver tracing = new CallObserver() {
 *     @Override
 *     public void sending(Attempt attempt, BiConsumer<String, String> headers) {
 *         headers.accept("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
 *     }
 *
 *     @Override
 *     public void received(Attempt attempt, Outcome outcome) {
 *         System.out.println(attempt.operation() + " " + outcome.status() + " " + outcome.duration());
 *     }
 * };
 * TodoClient traced = TodoClient.builder().baseUrl("https://todo.example").observer(tracing).build();
 * }</pre>
 */
public interface CallObserver {
    /** An attempt is about to be sent; what is put into {@code headers} goes with it. */
    default void sending(Attempt attempt, BiConsumer<String, String> headers) {}

    /** An attempt has ended. */
    default void received(Attempt attempt, Outcome outcome) {}

    /** A call has ended, with its last attempt; one that had none is not told of. */
    default void ended(Attempt last, Outcome outcome) {}

    /**
     * One attempt of a call.
     *
     * @param operation the operation's name in the contract, such as {@code getTask}
     * @param method the HTTP method
     * @param route the path, with names in place of ids: there are few of them
     * @param number 1 for the first
     */
    record Attempt(String operation, String method, String route, int number) {}

    /**
     * What came of it.
     *
     * @param status the HTTP status; null without an answer
     * @param failure why it failed; null if it did not
     * @param duration how long it took
     */
    record Outcome(@Nullable Integer status, @Nullable Throwable failure, Duration duration) {}
}
