package dev.todo.client;

import dev.todo.client.generated.model.ProblemJson;
import java.net.http.HttpHeaders;

/**
 * 412: the task has changed since the version that was named.
 *
 * <pre>{@code
 * Task shown = todo.tasks().get(42);
 * try {
 *     todo.tasks().update(shown, TaskPatch.change().title("Pay the rent"));
 * } catch (PreconditionFailedException changed) {
 *     Task now = todo.tasks().get(42); // show both, and ask
 * }
 * }</pre>
 */
public final class PreconditionFailedException extends ProblemException {
    private static final long serialVersionUID = 1;

    PreconditionFailedException(ProblemJson problem, HttpHeaders headers, Facts facts) {
        super(problem, headers, facts);
    }
}
