package dev.todo.client;

import dev.todo.client.generated.model.ProblemCodeJson;

/**
 * The kinds of problems. The server may know more than this client.
 *
 * <pre>{@code
 * try {
 *     todo.tasks().create(TaskDraft.titled("Pay the rent"));
 * } catch (ProblemException refused) {
 *     if (refused.code().equals(ProblemCode.TOO_MANY_TASKS)) {
 *         todo.tasks().deleteAll(TaskSelection.matching(TaskQuery.completed()));
 *     } else {
 *         System.out.println(refused.code().value()); // may be one that has no constant
 *     }
 * }
 * }</pre>
 */
public final class ProblemCode extends OpenValue {
    /** The request could not be read. */
    public static final ProblemCode INVALID_REQUEST = of(ProblemCodeJson.INVALID_REQUEST.value());

    /** The cursor is damaged, or belongs to another list. */
    public static final ProblemCode INVALID_CURSOR = of(ProblemCodeJson.INVALID_CURSOR.value());

    /** No token, or one that is not acceptable. */
    public static final ProblemCode UNAUTHENTICATED = of(ProblemCodeJson.UNAUTHENTICATED.value());

    /** It belongs to another user. */
    public static final ProblemCode FORBIDDEN = of(ProblemCodeJson.FORBIDDEN.value());

    /** The page may not call the server. */
    public static final ProblemCode ORIGIN_NOT_ALLOWED = of(ProblemCodeJson.ORIGIN_NOT_ALLOWED.value());

    /** There is no such account, or the password is another. */
    public static final ProblemCode WRONG_CREDENTIALS = of(ProblemCodeJson.WRONG_CREDENTIALS.value());

    /** The session has ended. */
    public static final ProblemCode INVALID_REFRESH_TOKEN = of(ProblemCodeJson.INVALID_REFRESH_TOKEN.value());

    /** The server keeps no accounts of its own. */
    public static final ProblemCode ACCOUNTS_OFF = of(ProblemCodeJson.ACCOUNTS_OFF.value());

    /** There is an account with this address. */
    public static final ProblemCode EMAIL_TAKEN = of(ProblemCodeJson.EMAIL_TAKEN.value());

    /** The user has as many tasks as one may have. */
    public static final ProblemCode TOO_MANY_TASKS = of(ProblemCodeJson.TOO_MANY_TASKS.value());

    /** The same request is under way. */
    public static final ProblemCode IDEMPOTENCY_KEY_IN_USE = of(ProblemCodeJson.IDEMPOTENCY_KEY_IN_USE.value());

    /** Nothing is there for this user. */
    public static final ProblemCode NOT_FOUND = of(ProblemCodeJson.NOT_FOUND.value());

    /** The path is there, the method is not. */
    public static final ProblemCode METHOD_NOT_ALLOWED = of(ProblemCodeJson.METHOD_NOT_ALLOWED.value());

    /** The operation does not answer what was asked for. */
    public static final ProblemCode NOT_ACCEPTABLE = of(ProblemCodeJson.NOT_ACCEPTABLE.value());

    /** There is no next date. */
    public static final ProblemCode NO_NEXT_OCCURRENCE = of(ProblemCodeJson.NO_NEXT_OCCURRENCE.value());

    /** The task has changed meanwhile. */
    public static final ProblemCode PRECONDITION_FAILED = of(ProblemCodeJson.PRECONDITION_FAILED.value());

    /** The body is too large. */
    public static final ProblemCode CONTENT_TOO_LARGE = of(ProblemCodeJson.CONTENT_TOO_LARGE.value());

    /** The body is of a wrong type. */
    public static final ProblemCode UNSUPPORTED_MEDIA_TYPE = of(ProblemCodeJson.UNSUPPORTED_MEDIA_TYPE.value());

    /** A value breaks its rules. */
    public static final ProblemCode INVALID_CONTENT = of(ProblemCodeJson.INVALID_CONTENT.value());

    /** The key belongs to another request. */
    public static final ProblemCode IDEMPOTENCY_KEY_REUSED = of(ProblemCodeJson.IDEMPOTENCY_KEY_REUSED.value());

    /** Too many requests. */
    public static final ProblemCode TOO_MANY_REQUESTS = of(ProblemCodeJson.TOO_MANY_REQUESTS.value());

    /** A fault in the server. */
    public static final ProblemCode INTERNAL_ERROR = of(ProblemCodeJson.INTERNAL_ERROR.value());

    /** The server cannot answer now. */
    public static final ProblemCode UNAVAILABLE = of(ProblemCodeJson.UNAVAILABLE.value());

    private ProblemCode(String value) {
        super(value);
    }

    /** The value with this word, whether this client knows it or not. */
    public static ProblemCode of(String value) {
        return new ProblemCode(value);
    }
}
