package dev.todo.tasks;

import dev.todo.database.Database;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The SQL of deleted tasks. */
@Repository
class TrashStore {
    private final Database database;

    TrashStore(Database database) {
        this.database = database;
    }

    /** A task of the trash, and when it came there. */
    record Deleted(Task task, Instant at) {
        private static Deleted of(Readable row) {
            return new Deleted(TaskStore.task(row), Objects.requireNonNull(row.get("deleted_at", Instant.class)));
        }
    }

    /**
     * False when the task is no longer the one that was seen. The account, to which what lies in the trash refers, is
     * locked first, as it is when it is deleted with all its tasks.
     */
    Mono<Boolean> moveIn(Task seen, Instant now) {
        return database.sql("""
                        with owner as materialized (
                            select 1 from accounts where user_id = :user_id for key share
                        ), gone as (
                            delete from tasks
                            where user_id = :user_id and id = :id and version = :version and exists (select 1 from owner)
                            returning %1$s)
                        insert into trash (%1$s, deleted_at) select %1$s, :now from gone
                        """.formatted(TaskStore.KEPT))
                .bind("user_id", seen.userId())
                .bind("id", seen.id())
                .bind("version", seen.version())
                .bind("now", now)
                .count()
                .map(moved -> moved > 0);
    }

    /** Those deleted last first. */
    Mono<List<Deleted>> list(String userId, TrashCursor after, int limit) {
        return database.sql("select " + TaskStore.COLUMNS + """
                        , deleted_at from trash
                        where user_id = :user_id and (deleted_at, id) < (:deleted_at, :id)
                        order by deleted_at desc, id desc
                        limit :limit
                        """)
                .bind("user_id", userId)
                .bind("deleted_at", after.deletedAt())
                .bind("id", after.id())
                .bind("limit", limit)
                .list(Deleted::of);
    }

    Mono<List<Deleted>> listAfter(String userId, long id, int limit) {
        return database.sql("select " + TaskStore.COLUMNS
                        + ", deleted_at from trash where user_id = :user_id and id > :id order by id limit :limit")
                .bind("user_id", userId)
                .bind("id", id)
                .bind("limit", limit)
                .list(Deleted::of);
    }

    /** The task as it was; nothing if it is not in the trash. */
    Mono<Task> moveOut(String userId, long id) {
        return TaskLimit.within(database.sql("""
                        with back as (delete from trash where user_id = :user_id and id = :id returning %1$s)
                        insert into tasks (%1$s) select %1$s from back
                        returning %2$s
                        """.formatted(TaskStore.KEPT, TaskStore.COLUMNS))
                .bind("user_id", userId)
                .bind("id", id)
                .one(TaskStore::task));
    }

    /** False when there is none. */
    Mono<Boolean> purge(String userId, long id) {
        return database.sql("delete from trash where user_id = :user_id and id = :id")
                .bind("user_id", userId)
                .bind("id", id)
                .count()
                .map(purged -> purged > 0);
    }

    Mono<Long> purgeAll(String userId) {
        return database.sql("delete from trash where user_id = :user_id")
                .bind("user_id", userId)
                .count();
    }

    /** Leaves out what others hold, other servers' cleaning included: it comes again. */
    Mono<Long> purgeOlder(Instant deletedBefore, int most) {
        return database.sql("""
                        delete from trash
                        where (user_id, id) in (
                            select user_id, id from trash where deleted_at < :before limit :most for update skip locked)
                        """)
                .bind("before", deletedBefore)
                .bind("most", most)
                .count();
    }
}
