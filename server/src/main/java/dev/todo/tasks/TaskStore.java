package dev.todo.tasks;

import dev.todo.database.Database;
import dev.todo.database.SqlStatement;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The SQL of tasks. Every statement names the user. */
@Repository
class TaskStore {
    private static final String COLUMNS =
            "id, user_id, title, description, completed, completed_at, created_at, updated_at, version";
    private static final String RETURNING = "returning " + COLUMNS;

    private final Database database;

    TaskStore(Database database) {
        this.database = database;
    }

    Mono<Task> insert(String userId, TaskDraft draft, Instant now) {
        return database.sql("""
                        insert into tasks (user_id, title, description, completed, completed_at, created_at, updated_at)
                        values (:user_id, :title, :description, :completed, :completed_at, :now, :now)
                        """ + RETURNING)
                .bind("user_id", userId)
                .bind("title", draft.title())
                .bind("description", draft.description(), String.class)
                .bind("completed", draft.completed())
                .bind("completed_at", draft.completed() ? now : null, Instant.class)
                .bind("now", now)
                .one(TaskStore::task);
    }

    Mono<Task> find(String userId, long id) {
        return database.sql("select " + COLUMNS + " from tasks where user_id = :user_id and id = :id")
                .bind("user_id", userId)
                .bind("id", id)
                .one(TaskStore::task);
    }

    Mono<List<Task>> list(TaskQuery query) {
        SqlStatement statement =
                database.sql(listSql(query)).bind("user_id", query.userId()).bind("limit", query.limit() + 1);
        if (query.cursor() == null) {
            return statement.list(TaskStore::task);
        }
        TaskCursor cursor = TaskCursor.decode(query.cursor(), query);
        return statement.bind("key", cursor.key()).bind("id", cursor.id()).list(TaskStore::task);
    }

    static String listSql(TaskQuery query) {
        TaskOrder order = query.order();
        String completed = switch (query.status()) {
            case ALL -> "";
            case PENDING -> "and not completed";
            case COMPLETED -> "and completed";
        };
        String beyond = query.cursor() == null
                ? ""
                : "and (%s, id) %s (:key, :id)".formatted(order.key().column, order.beyond());
        return """
                select %1$s from tasks
                where user_id = :user_id %2$s %3$s
                order by %4$s %5$s, id %5$s
                limit :limit
                """.formatted(COLUMNS, completed, beyond, order.key().column, order.direction());
    }

    Mono<List<Task>> listAfter(String userId, long id, int limit) {
        return database.sql("select " + COLUMNS
                        + " from tasks where user_id = :user_id and id > :id order by id limit :limit")
                .bind("user_id", userId)
                .bind("id", id)
                .bind("limit", limit)
                .list(TaskStore::task);
    }

    /** Writes the task over the version it was made from; empty when that version is no longer the current one. */
    Mono<Task> update(Task task) {
        return database.sql("""
                        update tasks
                        set title = :title, description = :description, completed = :completed,
                            completed_at = :completed_at, updated_at = :updated_at, version = version + 1
                        where user_id = :user_id and id = :id and version = :version
                        """ + RETURNING)
                .bind("title", task.title())
                .bind("description", task.description(), String.class)
                .bind("completed", task.completed())
                .bind("completed_at", task.completedAt(), Instant.class)
                .bind("updated_at", task.updatedAt())
                .bind("user_id", task.userId())
                .bind("id", task.id())
                .bind("version", task.version())
                .one(TaskStore::task);
    }

    /** False when the task is no longer the one that was seen. */
    Mono<Boolean> delete(Task seen) {
        return database.sql("delete from tasks where user_id = :user_id and id = :id and version = :version")
                .bind("user_id", seen.userId())
                .bind("id", seen.id())
                .bind("version", seen.version())
                .count()
                .map(deleted -> deleted > 0);
    }

    private static Task task(Readable row) {
        return new Task(
                value(row, 0, Long.class),
                value(row, 1, String.class),
                value(row, 2, String.class),
                row.get(3, String.class),
                value(row, 4, Boolean.class),
                row.get(5, Instant.class),
                value(row, 6, Instant.class),
                value(row, 7, Instant.class),
                value(row, 8, Long.class));
    }

    private static <T> T value(Readable row, int column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}
