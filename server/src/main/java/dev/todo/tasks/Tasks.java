package dev.todo.tasks;

import static dev.todo.problem.ProblemType.INVALID_REQUEST;
import static dev.todo.problem.ProblemType.NOT_FOUND;
import static dev.todo.problem.ProblemType.NO_NEXT_OCCURRENCE;
import static dev.todo.problem.ProblemType.PRECONDITION_FAILED;

import dev.todo.accounts.UserTimeZones;
import dev.todo.database.Database;
import dev.todo.problem.InputError;
import dev.todo.problem.Problem;
import dev.todo.tasks.TaskFilter.Span;
import dev.todo.tasks.recurrence.Due;
import dev.todo.tasks.recurrence.Mode;
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

    private final TaskStore store;
    private final TrashStore trash;
    private final UserTimeZones zones;
    private final Database database;
    private final InstantSource clock;

    Tasks(TaskStore store, TrashStore trash, UserTimeZones zones, Database database, InstantSource clock) {
        this.store = store;
        this.trash = trash;
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
        Instant now = clock.instant();
        return draft.completed() && draft.rule() != null
                ? inItsZone(
                        userId,
                        zone -> insert(userId, draft, TaskRules.dueAt(draft.due(), zone), null, now)
                                .flatMap(task -> follow(task, now, zone)))
                : timed(userId, draft, dueAt -> insert(userId, draft, dueAt.orElse(null), null, now));
    }

    public Mono<Task> get(String userId, long id) {
        return store.find(userId, id).switchIfEmpty(Mono.error(Tasks::notFound));
    }

    public Mono<Task> change(String userId, long id, LongPredicate expectedVersion, UnaryOperator<TaskDraft> change) {
        return untilNobodyWasFaster(get(userId, id)
                .map(task -> ensure(task, expectedVersion))
                .flatMap(task -> write(task, change.apply(task.draft()))));
    }

    /** Moves the open occurrence of a series to its next date. */
    public Mono<Task> skip(String userId, long id, LongPredicate expectedVersion) {
        return untilNobodyWasFaster(get(userId, id)
                .map(task -> ensure(task, expectedVersion))
                .flatMap(task -> inItsZone(userId, zone -> {
                    Instant now = clock.instant();
                    TaskDraft next = nextOf(task, now, zone);
                    return store.update(task, task.written(next, TaskRules.dueAt(next.due(), zone), now));
                })));
    }

    private static TaskDraft nextOf(Task task, Instant now, ZoneId zone) {
        if (task.draft().rule() == null) {
            throw noNext("This task does not repeat. Give it a recurrence first.");
        } else if (!task.isOpenOccurrence()) {
            throw noNext("This occurrence has been completed. Skip the open one.");
        }
        // Counted from the day of completion it might move to an earlier date.
        return task.next(Mode.FIXED, now, zone)
                .orElseThrow(() -> noNext("This is the last occurrence. Complete it, or set recurrence to null."));
    }

    private static Problem noNext(String detail) {
        return Problem.of(NO_NEXT_OCCURRENCE, detail);
    }

    /** The series that a task belongs to, by due date. */
    public Mono<TaskPage> occurrences(String userId, long id, int limit, @Nullable String cursor) {
        return get(userId, id)
                .flatMap(task -> list(new TaskQuery(
                        userId,
                        TaskFilter.ofSeries(Objects.requireNonNullElse(task.seriesId(), id)),
                        TaskOrder.by(TaskOrder.Key.DUE_AT, false),
                        limit,
                        cursor)));
    }

    /** Moves the task to the trash. */
    public Mono<Void> delete(String userId, long id, LongPredicate expectedVersion) {
        return untilNobodyWasFaster(get(userId, id)
                        .map(task -> ensure(task, expectedVersion))
                        .filterWhen(task -> trash.moveIn(task, clock.instant())))
                .then();
    }

    /** All of a user's tasks by id, read in portions. */
    public Flux<Task> all(String userId) {
        return Portions.all(id -> store.listAfter(userId, id, Portions.SIZE), Task::id);
    }

    /** To be called within the transaction that moves the user. */
    public Mono<Void> moveTo(String userId, ZoneId zone) {
        return store.floatingDues(userId).flatMap(dues -> store.moveDues(userId, dues, zone, clock.instant()));
    }

    private Mono<Task> write(Task before, TaskDraft draft) {
        Instant now = clock.instant();
        if (draft.equals(before.draft())) {
            return Mono.just(before);
        } else if (before.isClosedBy(draft)) {
            return inItsZone(
                    before.userId(),
                    zone -> update(before, draft, TaskRules.dueAt(draft.due(), zone), now)
                            .flatMap(done -> follow(done, now, zone)));
        }
        return Objects.equals(draft.due(), before.draft().due())
                ? update(before, draft, before.dueAt(), now)
                : timed(before.userId(), draft, dueAt -> update(before, draft, dueAt.orElse(null), now));
    }

    /** Makes the occurrence after one that has just been completed, in the same transaction. */
    private Mono<Task> follow(Task done, Instant now, ZoneId zone) {
        return Mono.justOrEmpty(done.next(done.draft().mode(), now, zone))
                .flatMap(next -> insert(done.userId(), next, TaskRules.dueAt(next.due(), zone), done.seriesId(), now))
                .flatMap(next -> store.follow(done, next.id()).thenReturn(done.followedBy(next.id())))
                .defaultIfEmpty(done);
    }

    private Mono<Task> insert(
            String userId, TaskDraft draft, @Nullable Instant dueAt, @Nullable Long first, Instant now) {
        if (first == null) {
            TaskRules.ensureSound(draft, dueAt);
        }
        return store.insert(userId, draft, dueAt, first, now);
    }

    private Mono<Task> update(Task before, TaskDraft draft, @Nullable Instant dueAt, Instant now) {
        if (before.isRescheduledBy(draft)) {
            TaskRules.ensureSound(draft, dueAt);
        }
        return store.update(before, before.written(draft, dueAt, now));
    }

    /** A due without a zone is one where the user is; only then is it asked where that is. */
    private Mono<Task> timed(String userId, TaskDraft draft, Function<Optional<Instant>, Mono<Task>> work) {
        Due due = draft.due();
        if (due == null) {
            return work.apply(Optional.empty());
        }
        ZoneId zone = due.zone();
        return zone != null
                ? work.apply(Optional.ofNullable(TaskRules.dueAt(due, zone)))
                : inItsZone(userId, kept -> work.apply(Optional.ofNullable(TaskRules.dueAt(due, kept))));
    }

    /**
     * The user does not move before all of it is done. The account is locked before any task, as when it is deleted, so
     * that nothing waits crosswise.
     */
    private Mono<Task> inItsZone(String userId, Function<ZoneId, Mono<Task>> work) {
        return database.transaction(zones.kept(userId).flatMap(work));
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

    /** In one turn: to wait for another one before it writes would give others time to be faster. */
    private <T> Mono<T> untilNobodyWasFaster(Mono<T> attempt) {
        return database.inOneTurn(attempt.repeatWhenEmpty(attempts -> attempts.map(Tasks::ensureHope)));
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
