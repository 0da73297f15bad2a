package dev.todo.tasks;

import static dev.todo.problem.ProblemType.INVALID_CONTENT;

import dev.todo.accounts.UserTimeZones;
import dev.todo.database.Database;
import dev.todo.problem.InputError;
import dev.todo.problem.Problem;
import dev.todo.tasks.BulkStore.Bulk;
import dev.todo.tasks.BulkStore.Completed;
import dev.todo.tasks.BulkStore.Following;
import dev.todo.tasks.BulkStore.Open;
import dev.todo.tasks.BulkStore.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What a user can do with many tasks at once: in one transaction, and by as many statements for all as for one. */
@Component
public class BulkTasks {
    /** Dates of ten thousand usual rules are found in a fraction of it; of strange ones, one may take 20 ms. */
    private static final Duration TO_FIND_DATES = Duration.ofSeconds(10);

    private final BulkStore store;
    private final UserTimeZones zones;
    private final Database database;
    private final InstantSource clock;

    BulkTasks(BulkStore store, UserTimeZones zones, Database database, InstantSource clock) {
        this.store = store;
        this.zones = zones;
        this.database = database;
        this.clock = clock;
    }

    /** Each occurrence that was open is followed by its next one. */
    public Mono<BulkResult> complete(String userId, TaskSelection selection) {
        return inItsZone(
                userId,
                selection,
                (bulk, zone) -> store.complete(bulk).flatMap(completed -> follow(bulk, completed, zone)));
    }

    public Mono<BulkResult> reopen(String userId, TaskSelection selection) {
        return inItsZone(userId, selection, (bulk, zone) -> store.reopen(bulk).map(tally -> result(bulk, tally, 0)));
    }

    public Mono<BulkResult> update(String userId, TaskSelection selection, TasksChange change) {
        return inItsZone(
                userId,
                selection,
                (bulk, zone) -> store.update(bulk, change)
                        .map(updated -> result(bulk, ensureRoom(updated.overfull(), updated.tally()), 0)));
    }

    public Mono<BulkResult> delete(String userId, TaskSelection selection) {
        return inItsZone(userId, selection, (bulk, zone) -> store.delete(bulk).map(tally -> result(bulk, tally, 0)));
    }

    /** The account is locked before any task, as by whatever else changes tasks in a transaction. */
    private Mono<BulkResult> inItsZone(
            String userId, TaskSelection selection, BiFunction<Bulk, ZoneId, Mono<BulkResult>> work) {
        return database.transaction(zones.kept(userId)
                .flatMap(zone -> work.apply(bulk(userId, selection, zone, clock.instant()), zone)));
    }

    private static Bulk bulk(String userId, TaskSelection selection, ZoneId zone, Instant now) {
        TaskFilter filter = selection.filter();
        TaskConditions conditions = filter == null
                ? TaskConditions.ofIds(selection.ids(), now)
                : new TaskConditions(filter, filter.dueOn(zone, now), now);
        return new Bulk(userId, selection.ids(), conditions, selection.dryRun(), now);
    }

    private Mono<BulkResult> follow(Bulk bulk, Completed completed, ZoneId zone) {
        return next(completed.open(), bulk.now(), zone, TO_FIND_DATES)
                .flatMap(next -> insert(bulk, next).thenReturn(result(bulk, completed.tally(), next.size())));
    }

    private Mono<Void> insert(Bulk bulk, List<Following> next) {
        return bulk.dryRun() || next.isEmpty() ? Mono.empty() : store.follow(bulk, next);
    }

    /** Away from the threads that answer requests: of many tasks, it takes its time. */
    static Mono<List<Following>> next(List<Open> open, Instant done, ZoneId zone, Duration patience) {
        return Flux.fromIterable(open)
                .publishOn(Schedulers.boundedElastic())
                .mapNotNull(one -> next(one, done, zone).orElse(null))
                .collectList()
                .timeout(patience)
                .onErrorMap(TimeoutException.class, late -> tooSlow());
    }

    private static Optional<Following> next(Open open, Instant done, ZoneId zone) {
        return open.occurrence()
                .next(open.mode(), done, zone)
                .map(next -> new Following(
                        open.id(), next, TaskRules.sayable(next.due().at(zone))));
    }

    private static BulkResult result(Bulk bulk, Tally tally, int next) {
        return new BulkResult(bulk.dryRun(), tally.matched(), tally.changed(), tally.notFound(), next);
    }

    private static Tally ensureRoom(int overfull, Tally tally) {
        if (overfull > 0) {
            String message =
                    "would give %d of the tasks more than %d tags: remove some of theirs, or leave these tasks out"
                            .formatted(overfull, BulkStore.MOST_TAGS);
            throw invalid("/add_tags", message);
        }
        return tally;
    }

    private static Problem tooSlow() {
        return invalid("", "selects tasks whose next dates take too long to find: select fewer");
    }

    private static Problem invalid(String pointer, String message) {
        return Problem.invalid(
                INVALID_CONTENT, "The body breaks the contract. See errors.", List.of(InputError.at(pointer, message)));
    }
}
