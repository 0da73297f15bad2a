package dev.todo.client;

import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is not one of the Todo API: a proxy's error page, a redirect, or JSON that ends too early.
 *
 * <pre>{@code
 * try {
 *     todo.tasks().get(42);
 * } catch (UnexpectedAnswerException strange) {
 *     System.out.println(strange.status() + " " + strange.headers().firstValue("Server").orElse("from nobody"));
 *     System.out.println(strange.excerpt()); // <html><body>502 Bad Gateway</body></html>
 * }
 * }</pre>
 */
public final class UnexpectedAnswerException extends TodoException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient @Nullable HttpHeaders headers;
    private final String excerpt;

    UnexpectedAnswerException(
            String message,
            @Nullable Throwable cause,
            int status,
            HttpHeaders headers,
            String excerpt,
            boolean retryable,
            boolean outcomeUnknown) {
        super(message, cause, retryable, outcomeUnknown);
        this.status = status;
        this.headers = headers;
        this.excerpt = excerpt;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The headers of the answer. */
    public HttpHeaders headers() {
        return headers == null ? ProblemException.NO_HEADERS : headers;
    }

    /** Where the body begins, up to 500 characters; it is no part of the message, since nobody knows what is in it. */
    public String excerpt() {
        return excerpt;
    }
}
