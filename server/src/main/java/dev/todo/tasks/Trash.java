package dev.todo.tasks;

import static dev.todo.problem.ProblemType.NOT_FOUND;

import dev.todo.accounts.UserTimeZones;
import dev.todo.database.Cleaning;
import dev.todo.database.Database;
import dev.todo.problem.Problem;
import dev.todo.tasks.TrashStore.Deleted;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a user can do with deleted tasks, and how they end. */
@Component
public class Trash implements InitializingBean, DisposableBean {
    private static final int MOST_PURGED_AT_ONCE = 5000;

    private final TrashStore store;
    private final TaskStore tasks;
    private final UserTimeZones zones;
    private final TrashSettings settings;
    private final Database database;
    private final InstantSource clock;
    private final Disposable.Swap cleaning = Disposables.swap();

    Trash(
            TrashStore store,
            TaskStore tasks,
            UserTimeZones zones,
            TrashSettings settings,
            Database database,
            InstantSource clock) {
        this.store = store;
        this.tasks = tasks;
        this.zones = zones;
        this.settings = settings;
        this.database = database;
        this.clock = clock;
    }

    public Mono<TrashPage> list(String userId, int limit, @Nullable String cursor) {
        TrashCursor place = cursor == null ? TrashCursor.START : TrashCursor.decode(cursor, userId);
        return store.list(userId, place, limit + 1).map(found -> page(userId, found, limit));
    }

    private TrashPage page(String userId, List<Deleted> found, int limit) {
        String next = found.size() <= limit
                ? null
                : TrashCursor.after(found.get(limit - 1)).encode(userId);
        return new TrashPage(found.stream().limit(limit).map(this::trashed).toList(), next);
    }

    /** Makes the task what it was, but for its due: its user may be elsewhere now. */
    public Mono<Task> restore(String userId, long id) {
        return database.transaction(zones.kept(userId)
                .flatMap(zone -> store.moveOut(userId, id)
                        .switchIfEmpty(Mono.error(Trash::notFound))
                        .flatMap(task -> tasks.update(task, dueIn(zone, task)))));
    }

    private Task dueIn(ZoneId zone, Task task) {
        return task.written(task.draft(), TaskRules.dueAt(task.draft().due(), zone), clock.instant());
    }

    public Mono<Void> purge(String userId, long id) {
        return store.purge(userId, id)
                .filter(purged -> purged)
                .switchIfEmpty(Mono.error(Trash::notFound))
                .then();
    }

    public Mono<Void> empty(String userId) {
        return store.purgeAll(userId).then();
    }

    /** All of a user's deleted tasks by id, read in portions. */
    public Flux<TrashedTask> all(String userId) {
        return Portions.all(
                        id -> store.listAfter(userId, id, Portions.SIZE),
                        deleted -> deleted.task().id())
                .map(this::trashed);
    }

    private TrashedTask trashed(Deleted deleted) {
        return new TrashedTask(deleted.task(), deleted.at(), deleted.at().plus(settings.time()));
    }

    private static Problem notFound() {
        return Problem.of(NOT_FOUND, "There is no such task in the trash.");
    }

    /** A portion at a time, so that no statement takes long. */
    private Mono<Long> purgeOld() {
        Instant before = clock.instant().minus(settings.time());
        return Mono.defer(() -> store.purgeOlder(before, MOST_PURGED_AT_ONCE))
                .repeat()
                .takeUntil(purged -> purged < MOST_PURGED_AT_ONCE)
                .reduce(Long::sum);
    }

    @Override
    public void afterPropertiesSet() {
        cleaning.update(Cleaning.by(this::purgeOld));
    }

    @Override
    public void destroy() {
        cleaning.dispose();
    }
}
