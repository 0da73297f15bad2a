package dev.todo.tasks;

import static dev.todo.problem.ProblemType.NOT_FOUND;

import dev.todo.problem.Problem;
import dev.todo.values.CaseFolding;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What a user can do with tags, in all tasks at once. Deleted tasks keep theirs. */
@Component
public class Tags {
    private final TagStore store;
    private final InstantSource clock;

    Tags(TagStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    public Mono<TagPage> list(String userId, int limit, @Nullable String cursor) {
        String after = cursor == null ? null : TagCursor.decode(cursor, userId).key();
        return store.list(userId, after, limit + 1).map(found -> TagPage.of(userId, found, limit));
    }

    public Mono<Tag> rename(String userId, String tag, String newName) {
        return store.rename(userId, CaseFolding.of(tag), newName, CaseFolding.of(newName), clock.instant())
                .switchIfEmpty(Mono.error(Tags::notFound));
    }

    public Mono<Void> delete(String userId, String tag) {
        return store.delete(userId, CaseFolding.of(tag), clock.instant())
                .filter(changed -> changed > 0)
                .switchIfEmpty(Mono.error(Tags::notFound))
                .then();
    }

    private static Problem notFound() {
        return Problem.of(NOT_FOUND, "There is no such tag.");
    }
}
