package dev.todo.tasks;

import static dev.todo.problem.ProblemType.NOT_FOUND;
import static dev.todo.problem.ProblemType.PRECONDITION_FAILED;

import dev.todo.problem.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiFunction;
import java.util.function.LongPredicate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a user can do with tasks. A change reads, decides, and writes only over the version that it has read. */
@Component
public class Tasks {
    private static final int MOST_ATTEMPTS = 100;
    private static final int PORTION = 200;

    private final TaskStore store;
    private final InstantSource clock;

    Tasks(TaskStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    public Mono<TaskPage> list(TaskQuery query) {
        return store.list(query).map(found -> TaskPage.of(query, found));
    }

    public Mono<Task> create(String userId, TaskDraft draft) {
        return store.insert(userId, draft, clock.instant());
    }

    public Mono<Task> get(String userId, long id) {
        return store.find(userId, id).switchIfEmpty(Mono.error(Tasks::notFound));
    }

    public Mono<Task> change(
            String userId, long id, LongPredicate expectedVersion, BiFunction<Task, Instant, Task> change) {
        return untilNobodyWasFaster(get(userId, id)
                .map(task -> ensure(task, expectedVersion))
                .flatMap(task -> write(task, change.apply(task, clock.instant()))));
    }

    public Mono<Void> delete(String userId, long id, LongPredicate expectedVersion) {
        return untilNobodyWasFaster(get(userId, id)
                        .map(task -> ensure(task, expectedVersion))
                        .filterWhen(store::delete))
                .then();
    }

    /** All of a user's tasks by id, read in portions. */
    public Flux<Task> all(String userId) {
        return store.listAfter(userId, 0, PORTION)
                .expand(portion -> portion.size() < PORTION
                        ? Mono.empty()
                        : store.listAfter(userId, portion.get(PORTION - 1).id(), PORTION))
                .concatMapIterable(portion -> portion, 1);
    }

    private Mono<Task> write(Task before, Task after) {
        return after.equals(before) ? Mono.just(before) : store.update(after);
    }

    private static Task ensure(Task task, LongPredicate expectedVersion) {
        if (!expectedVersion.test(task.version())) {
            throw Problem.of(
                    PRECONDITION_FAILED,
                    "The task is not at a version named in If-Match. Read it again, and repeat the change with its new ETag.");
        }
        return task;
    }

    private static <T> Mono<T> untilNobodyWasFaster(Mono<T> attempt) {
        return attempt.repeatWhenEmpty(attempts -> attempts.map(Tasks::ensureHope));
    }

    private static long ensureHope(long attempts) {
        if (attempts >= MOST_ATTEMPTS) {
            throw Problem.unavailable("Too many requests change this task at once. Try again.", null);
        }
        return attempts;
    }

    private static Problem notFound() {
        return Problem.of(NOT_FOUND, "There is no such task.");
    }
}
