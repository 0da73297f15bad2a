package dev.todo.problem;

import java.util.Locale;

/** Every kind of problem that the contract names: the code is the constant's name in lower case, with hyphens. */
public enum ProblemType {
    INVALID_REQUEST(400, "Invalid request"),
    INVALID_CURSOR(400, "Invalid cursor"),
    UNAUTHENTICATED(401, "Unauthenticated"),
    WRONG_CREDENTIALS(401, "Wrong credentials"),
    INVALID_REFRESH_TOKEN(401, "Invalid refresh token"),
    ACCOUNTS_OFF(403, "Accounts are off"),
    FORBIDDEN(403, "Forbidden"),
    ORIGIN_NOT_ALLOWED(403, "Origin not allowed"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, "Not acceptable"),
    EMAIL_TAKEN(409, "Email taken"),
    TOO_MANY_TASKS(409, "Too many tasks"),
    IDEMPOTENCY_KEY_IN_USE(409, "Idempotency key in use"),
    PRECONDITION_FAILED(412, "Precondition failed"),
    CONTENT_TOO_LARGE(413, "Content too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    NO_NEXT_OCCURRENCE(422, "No next occurrence"),
    INVALID_CONTENT(422, "Invalid content"),
    IDEMPOTENCY_KEY_REUSED(422, "Idempotency key reused"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    INTERNAL_ERROR(500, "Internal error"),
    UNAVAILABLE(503, "Unavailable");

    private final String code;
    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.code = name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.status = status;
        this.title = title;
    }

    public String code() {
        return code;
    }

    /** Where a page about it is, on whatever server answers. */
    public String uri() {
        return "/problems/" + code;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
