package dev.todo.client;

import dev.todo.client.generated.model.ProblemJson;
import dev.todo.client.wire.Operation;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes an exception of an answer that is no success, whoever it is from. */
final class Unexpected {
    private static final int EXCERPT = 500;

    private Unexpected() {}

    static TodoException refusal(
            Operation<?> operation, HttpResponse<Object> answer, boolean retryable, boolean outcomeUnknown) {
        int status = answer.statusCode();
        String type = contentType(answer);
        if (answer.body() instanceof byte[] bytes && type.startsWith("application/problem+json") && status >= 400) {
            try {
                ProblemJson problem = Json.read(bytes, ProblemJson.class);
                return ProblemException.of(
                        problem,
                        answer.headers(),
                        new ProblemException.Facts(operation.name(), status, retryable, outcomeUnknown));
            } catch (RuntimeException e) {
                String why = "a problem that cannot be read";
                return unexpected(operation, answer, why, e, retryable, outcomeUnknown);
            }
        }
        return unexpected(operation, answer, why(answer, type), null, retryable, outcomeUnknown);
    }

    private static String why(HttpResponse<?> answer, String type) {
        if (answer.body() instanceof LimitedBody.Overlong overlong) {
            return "an answer that cannot be read: " + overlong;
        }
        if (answer.statusCode() / 100 == 3) {
            return "a redirect, which is not followed. Is the base URL right?";
        }
        return (type.isEmpty() ? "an answer without a content type" : "an answer of " + type)
                + ", which the Todo API never sends. Is there a proxy, or another server?";
    }

    static TodoException unreadable(
            Operation<?> operation, HttpResponse<Object> answer, Throwable cause, boolean outcomeUnknown) {
        return unexpected(
                operation,
                answer,
                "an answer that cannot be read: " + cause.getMessage(),
                cause,
                false,
                outcomeUnknown);
    }

    private static TodoException unexpected(
            Operation<?> operation,
            HttpResponse<Object> answer,
            String why,
            @Nullable Throwable cause,
            boolean retryable,
            boolean outcomeUnknown) {
        String message = operation.name() + ": " + answer.statusCode() + " with " + why;
        return new UnexpectedAnswerException(
                message, cause, answer.statusCode(), answer.headers(), excerpt(answer), retryable, outcomeUnknown);
    }

    private static String excerpt(HttpResponse<Object> answer) {
        if (!(answer.body() instanceof byte[] bytes)) {
            return "";
        }
        int length = Math.min(bytes.length, EXCERPT);
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static String contentType(HttpResponse<?> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    }
}
