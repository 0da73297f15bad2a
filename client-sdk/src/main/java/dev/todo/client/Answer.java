package dev.todo.client;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it came: a value, and what HTTP says besides.
 *
 * <pre>{@code
 * Answer<Task> answer = todo.answer(client -> client.tasks().get(42));
 * System.out.println(answer.etag() + " " + answer.requestId() + " " + answer.rateLimits());
 * }</pre>
 *
 * @param value what the call answers; null where it answers nothing
 * @param status the HTTP status
 * @param headers the headers of the answer
 * @param attempts how often the request was sent
 */
public record Answer<T extends @Nullable Object>(T value, int status, HttpHeaders headers, int attempts) {
    /** The entity tag of the task. */
    public Optional<String> etag() {
        return headers.firstValue("ETag");
    }

    /** The id of the request, as it stands in the server's log. */
    public Optional<String> requestId() {
        return headers.firstValue("X-Request-Id");
    }

    /** What is left of each limit that applies. */
    public List<RateLimit> rateLimits() {
        return RateLimit.in(headers);
    }

    /** Whether this is the answer to an earlier request with the same idempotency key. */
    public boolean replayed() {
        return headers.firstValue("Idempotency-Replayed").filter("true"::equals).isPresent();
    }

    <U extends @Nullable Object> Answer<U> with(U other) {
        return new Answer<>(other, status, headers, attempts);
    }
}
