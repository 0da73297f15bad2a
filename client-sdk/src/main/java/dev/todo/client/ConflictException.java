package dev.todo.client;

import dev.todo.client.generated.model.ProblemJson;
import java.net.http.HttpHeaders;

/**
 * 409: the address is taken, there are too many tasks, or the same request is under way.
 *
 * <pre>{@code
 * try {
 *     todo.account().register("alice@example.com", "correct horse battery staple", null);
 * } catch (ConflictException taken) {
 *     if (taken.code().equals(ProblemCode.EMAIL_TAKEN)) {
 *         System.out.println("There is an account with this address: log in.");
 *     }
 * }
 * }</pre>
 */
public final class ConflictException extends ProblemException {
    private static final long serialVersionUID = 1;

    ConflictException(ProblemJson problem, HttpHeaders headers, Facts facts) {
        super(problem, headers, facts);
    }
}
