package dev.todo.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client of the Todo API whose calls are not waited for. Cancelling what a call returns, or anything made from it,
 * cancels the exchange. What follows a call runs in a thread of the client's, unless it is given another.
 *
 * <pre>{@code
 * CompletableFuture<String> title = todo.async().tasks().get(42).thenApply(Task::title);
 * title.cancel(true); // ends the request, too
 * }</pre>
 */
public final class AsyncTodoClient implements AutoCloseable {
    private final Engine engine;
    private final CallOptions options;

    AsyncTodoClient(Engine engine, CallOptions options) {
        this.engine = engine;
        this.options = options;
    }

    /** The tasks. */
    public AsyncTasks tasks() {
        return new AsyncTasks(engine, options);
    }

    /** The tags. */
    public AsyncTags tags() {
        return new AsyncTags(engine, options);
    }

    /** What has been deleted. */
    public AsyncTrash trash() {
        return new AsyncTrash(engine, options);
    }

    /** The account, and its sessions. */
    public AsyncAccounts account() {
        return new AsyncAccounts(engine, options);
    }

    /** What the server says of itself. */
    public AsyncServer server() {
        return new AsyncServer(engine, options);
    }

    /**
     * The same client with something different for its calls, besides what was different already. Both are closed with
     * either.
     */
    public AsyncTodoClient with(CallOptions other) {
        return new AsyncTodoClient(engine, other.over(options));
    }

    /** The same client for calls that are waited for. Both are closed with either. */
    public TodoClient blocking() {
        return new TodoClient(this);
    }

    /** What a call answers, with what HTTP says besides: status, headers, entity tag, rate limits. */
    public <T extends @Nullable Object> CompletableFuture<Answer<T>> answer(
            Function<AsyncTodoClient, CompletableFuture<T>> call) {
        AtomicReference<@Nullable Answer<?>> last = new AtomicReference<>();
        return call.apply(with(CallOptions.defaults().onAnswer(last::set)))
                .thenApply(value -> answer(last.get(), value));
    }

    static <T extends @Nullable Object> Answer<T> answer(@Nullable Answer<?> last, T value) {
        if (last == null) {
            throw new IllegalStateException("nothing was asked of the server with the client that was handed in");
        }
        return last.with(value);
    }

    CallOptions options() {
        return options;
    }

    /** Ends what is under way, and releases threads and connections. */
    @Override
    public void close() {
        engine.close();
    }
}
