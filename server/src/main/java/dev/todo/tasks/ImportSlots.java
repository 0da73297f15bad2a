package dev.todo.tasks;

import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import java.util.HashMap;
import java.util.Map;
import reactor.core.publisher.Mono;

/** An import holds a connection for seconds: a user has one at a time, and all together leave some for other requests. */
final class ImportSlots {
    private static final int MOST = 4;

    /** By user, how many parts of the import are under way. */
    private final Map<String, Integer> parts = new HashMap<>();

    /** Refuses to begin when there is no room. Whoever is told of the end may begin the next one. */
    <T> Mono<T> begin(String userId, Mono<T> whole) {
        return Mono.using(() -> take(userId), user -> whole, this::leave);
    }

    /** A part that goes on when nobody waits for the import any more: it ends with this part. */
    <T> Mono<T> goOn(String userId, Mono<T> part) {
        return Mono.using(() -> enter(userId), user -> part, this::leave);
    }

    private synchronized String take(String userId) {
        if (parts.containsKey(userId)) {
            throw Problem.of(
                            ProblemType.TOO_MANY_REQUESTS,
                            "An import of yours is under way. Send this one when it has ended.")
                    .with("Retry-After", "5");
        } else if (parts.size() >= MOST) {
            throw Problem.unavailable("Too many imports are under way. Try again in a minute.", null);
        }
        parts.put(userId, 1);
        return userId;
    }

    private synchronized String enter(String userId) {
        parts.merge(userId, 1, Integer::sum);
        return userId;
    }

    private synchronized void leave(String userId) {
        parts.computeIfPresent(userId, (user, count) -> count > 1 ? count - 1 : null);
    }
}
