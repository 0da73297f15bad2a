package dev.todo.tasks;

import static dev.todo.problem.ProblemType.INVALID_REQUEST;
import static dev.todo.problem.ProblemType.NOT_FOUND;
import static dev.todo.problem.ProblemType.PRECONDITION_FAILED;

import dev.todo.accounts.UserTimeZones;
import dev.todo.database.Database;
import dev.todo.problem.InputError;
import dev.todo.problem.Problem;
import dev.todo.tasks.TaskFilter.Span;
import dev.todo.tasks.recurrence.Due;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a user can do with tasks. A change reads, decides, and writes only over the version that it has read. */
@Component
public class Tasks {
    private static final int MOST_ATTEMPTS = 100;
    private static final int PORTION = 200;

    private final TaskStore store;
    private final UserTimeZones zones;
    private final Database database;
    private final InstantSource clock;

    Tasks(TaskStore store, UserTimeZones zones, Database database, InstantSource clock) {
        this.store = store;
        this.zones = zones;
        this.database = database;
        this.clock = clock;
    }

    public Mono<TaskPage> list(TaskQuery query) {
        TaskFilter filter = query.filter();
        if (query.order().has(TaskOrder.Key.RELEVANCE) && filter.words() == null) {
            throw badSort("by relevance needs q");
        }
        if (query.order().repeatsAKey()) {
            throw badSort("must not have a key twice");
        }
        Instant now = clock.instant();
        return filter.dependsOnTheZone()
                ? zones.of(query.userId()).flatMap(zone -> list(query, filter.dueOn(zone, now), now))
                : list(query, Span.EVER, now);
    }

    private Mono<TaskPage> list(TaskQuery query, Span dueOn, Instant now) {
        TaskConditions conditions = new TaskConditions(query.filter(), dueOn, now);
        if (query.cursor() != null) {
            conditions.beyond(query.order(), TaskCursor.decode(query.cursor(), query));
        }
        return store.list(query, conditions).map(found -> TaskPage.of(query, found));
    }

    public Mono<Task> create(String userId, TaskDraft draft) {
        return soundly(userId, draft, dueAt -> store.insert(userId, draft, dueAt, clock.instant()));
    }

    public Mono<Task> get(String userId, long id) {
        return store.find(userId, id).switchIfEmpty(Mono.error(Tasks::notFound));
    }

    public Mono<Task> change(String userId, long id, LongPredicate expectedVersion, UnaryOperator<TaskDraft> change) {
        return untilNobodyWasFaster(get(userId, id)
                .map(task -> ensure(task, expectedVersion))
                .flatMap(task -> write(task, change.apply(task.draft()))));
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

    /** To be called within the transaction that moves the user. */
    public Mono<Void> moveTo(String userId, ZoneId zone) {
        return store.floatingDues(userId).flatMap(dues -> store.moveDues(userId, dues, zone));
    }

    private Mono<Task> write(Task before, TaskDraft draft) {
        if (draft.equals(before.draft())) {
            return Mono.just(before);
        }
        Function<Optional<Instant>, Mono<Task>> update =
                dueAt -> store.update(before.written(draft, dueAt.orElse(null), clock.instant()));
        return Objects.equals(draft.due(), before.draft().due())
                ? soundly(draft, before.dueAt(), update)
                : soundly(before.userId(), draft, update);
    }

    /** A due without a zone is one where the user is, who must not move in the meantime. */
    private Mono<Task> soundly(String userId, TaskDraft draft, Function<Optional<Instant>, Mono<Task>> work) {
        Due due = draft.due();
        if (due == null) {
            return soundly(draft, null, work);
        }
        ZoneId zone = due.zone();
        return zone != null
                ? soundly(draft, due.at(zone), work)
                : database.transaction(zones.kept(userId).flatMap(kept -> soundly(draft, due.at(kept), work)));
    }

    private static Mono<Task> soundly(
            TaskDraft draft, @Nullable Instant dueAt, Function<Optional<Instant>, Mono<Task>> work) {
        TaskRules.ensureSound(draft, dueAt);
        return work.apply(Optional.ofNullable(dueAt));
    }

    private static Problem badSort(String message) {
        return Problem.invalid(
                INVALID_REQUEST,
                "The request has parameters that are not valid. See errors.",
                List.of(InputError.of("sort", message)));
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
