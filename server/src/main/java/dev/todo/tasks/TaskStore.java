package dev.todo.tasks;

import dev.todo.database.Database;
import dev.todo.database.SqlStatement;
import dev.todo.tasks.recurrence.Due;
import dev.todo.tasks.recurrence.Mode;
import dev.todo.tasks.recurrence.Rule;
import dev.todo.values.CaseFolding;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The SQL of tasks. Every statement names the user. */
@Repository
class TaskStore {
    static final String COLUMNS = """
            id, user_id, title, description, completed, priority, tags, due_date, due_time, due_time_zone, reminders,
            recurrence, recurrence_mode, completed_at, due_at, first_id, next_id, created_at, updated_at, version
            """;

    /** All that is kept of a task: what is not here can be told from it. */
    static final String KEPT = COLUMNS + ", tag_keys";

    private static final String RETURNING = "returning " + COLUMNS;

    private static final String CHANGES = """
            completed = :completed, priority = :priority, tags = :tags, tag_keys = :tag_keys, due_date = :due_date,
            due_time = :due_time, due_time_zone = :due_time_zone, reminders = :reminders, recurrence = :recurrence,
            recurrence_mode = :recurrence_mode, completed_at = :completed_at, due_at = :due_at,
            updated_at = :updated_at, version = version + 1
            where user_id = :user_id and id = :id and version = :version
            """ + RETURNING;

    private final Database database;

    TaskStore(Database database) {
        this.database = database;
    }

    /** {@code first}: the first occurrence of the series that it continues. */
    Mono<Task> insert(String userId, TaskDraft draft, @Nullable Instant dueAt, @Nullable Long first, Instant now) {
        SqlStatement insert = database.sql("""
                insert into tasks (user_id, title, description, completed, priority, tags, tag_keys,
                    due_date, due_time, due_time_zone, reminders, recurrence, recurrence_mode, completed_at, due_at,
                    first_id, created_at, updated_at)
                values (:user_id, :title, :description, :completed, :priority, :tags, :tag_keys,
                    :due_date, :due_time, :due_time_zone, :reminders, :recurrence, :recurrence_mode, :completed_at, :due_at,
                    :first_id, :now, :now)
                """ + RETURNING);
        SqlStatement row = withDraft(withWords(insert, draft), draft)
                .bind("user_id", userId)
                .bind("now", now)
                .bind("completed_at", draft.completed() ? now : null, Instant.class)
                .bind("due_at", dueAt, Instant.class)
                .bind("first_id", first, Long.class);
        return TaskLimit.within(row.one(TaskStore::task));
    }

    Mono<Task> find(String userId, long id) {
        return database.sql("select " + COLUMNS + " from tasks where user_id = :user_id and id = :id")
                .bind("user_id", userId)
                .bind("id", id)
                .quick()
                .one(TaskStore::task);
    }

    /** A task of a list, and how well it matches, if that was asked for. */
    record Found(Task task, @Nullable Float relevance) {}

    Mono<List<Found>> list(TaskQuery query, TaskConditions conditions) {
        SqlStatement page = conditions
                .bindTo(database.sql(listSql(query.order(), conditions)))
                .bind("user_id", query.userId())
                .bind("limit", query.limit() + 1);
        return (query.isQuick() ? page.quick() : page).list(row -> new Found(task(row), row.get(20, Float.class)));
    }

    static String listSql(TaskOrder order, TaskConditions conditions) {
        String relevance = order.has(TaskOrder.Key.RELEVANCE) ? TaskOrder.Key.RELEVANCE.expression : "null::real";
        return """
                select %s, %s from tasks
                where user_id = :user_id %s
                order by %s
                limit :limit
                """.formatted(COLUMNS, relevance, conditions.sql(), order.sql());
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
    Mono<Task> update(Task before, Task task) {
        // What to search for is worked out again whenever the words are set, even to what they were.
        SqlStatement update = before.draft().hasTheWordsOf(task.draft())
                ? database.sql("update tasks set " + CHANGES)
                : withWords(
                        database.sql("update tasks set title = :title, description = :description, " + CHANGES),
                        task.draft());
        return withDraft(update, task.draft())
                .bind("completed_at", task.completedAt(), Instant.class)
                .bind("due_at", task.dueAt(), Instant.class)
                .bind("updated_at", task.updatedAt())
                .bind("user_id", task.userId())
                .bind("id", task.id())
                .bind("version", task.version())
                .one(TaskStore::task);
    }

    private static SqlStatement withWords(SqlStatement statement, TaskDraft draft) {
        return statement.bind("title", draft.title()).bind("description", draft.description(), String.class);
    }

    private static SqlStatement withDraft(SqlStatement statement, TaskDraft draft) {
        Due due = draft.due();
        return statement
                .bind("completed", draft.completed())
                .bind("priority", draft.priority().rank)
                .bind("tags", texts(draft.tags(), tag -> tag))
                .bind("tag_keys", texts(draft.tags(), CaseFolding::of))
                .bind("due_date", due == null ? null : due.date(), LocalDate.class)
                .bind("due_time", due == null ? null : due.time(), LocalTime.class)
                .bind(
                        "due_time_zone",
                        due == null || due.zone() == null ? null : due.zone().getId(),
                        String.class)
                .bind("reminders", texts(draft.reminders(), Reminder::text))
                .bind("recurrence", draft.rule() == null ? null : draft.rule().text(), String.class)
                .bind("recurrence_mode", draft.mode().name());
    }

    /** Notes which occurrence followed; of the version that has just been written in the same transaction. */
    Mono<Void> follow(Task task, long next) {
        return database.sql("update tasks set next_id = :next where user_id = :user_id and id = :id")
                .bind("next", next)
                .bind("user_id", task.userId())
                .bind("id", task.id())
                .count()
                .then();
    }

    /** The days and times of all tasks that are due where the user is. */
    Mono<List<Due>> floatingDues(String userId) {
        return database.sql("""
                        select distinct due_date, due_time from tasks
                        where user_id = :user_id and due_date is not null and due_time_zone is null
                        """)
                .bind("user_id", userId)
                .list(row -> new Due(value(row, 0, LocalDate.class), row.get(1, LocalTime.class), null));
    }

    /** Whatever is due on these days and times is due at another instant in this zone. */
    Mono<Void> moveDues(String userId, List<Due> dues, ZoneId zone, Instant now) {
        return database.sql("""
                        update tasks set due_at = moved.at, updated_at = greatest(updated_at, :now), version = version + 1
                        from unnest(:dates::text[], :times::text[], :ats::text[]) as due (on_day, at_time, instant),
                            lateral (select instant::timestamptz as at) as moved
                        where user_id = :user_id and due_time_zone is null and due_date = due.on_day::date
                            and coalesce(due_time::text, '') = due.at_time and due_at <> moved.at
                        """)
                .bind("dates", texts(dues, due -> due.date().toString()))
                .bind("times", texts(dues, TaskStore::seconds))
                .bind("ats", texts(dues, due -> String.valueOf(TaskRules.dueAt(due, zone))))
                .bind("now", now)
                .bind("user_id", userId)
                .count()
                .then();
    }

    /** As PostgreSQL writes a time; nothing for the end of the day. */
    private static String seconds(Due due) {
        return due.time() == null ? "" : due.time() + ":00";
    }

    private static <T> String[] texts(List<T> items, Function<T, String> text) {
        return items.stream().map(text).toArray(String[]::new);
    }

    static Task task(Readable row) {
        return new Task(
                value(row, 0, Long.class),
                value(row, 1, String.class),
                new TaskDraft(
                        value(row, 2, String.class),
                        row.get(3, String.class),
                        value(row, 4, Boolean.class),
                        Priority.ranked(value(row, 5, Short.class)),
                        List.of(value(row, 6, String[].class)),
                        due(row),
                        Stream.of(value(row, 10, String[].class))
                                .map(Reminder::parse)
                                .toList(),
                        rule(row),
                        Mode.valueOf(value(row, 12, String.class))),
                row.get(13, Instant.class),
                row.get(14, Instant.class),
                row.get(15, Long.class),
                row.get(16, Long.class),
                value(row, 17, Instant.class),
                value(row, 18, Instant.class),
                value(row, 19, Long.class));
    }

    private static @Nullable Rule rule(Readable row) {
        String rule = row.get(11, String.class);
        return rule == null ? null : Rule.kept(rule);
    }

    private static @Nullable Due due(Readable row) {
        LocalDate date = row.get(7, LocalDate.class);
        String zone = row.get(9, String.class);
        return date == null ? null : new Due(date, row.get(8, LocalTime.class), zone == null ? null : ZoneId.of(zone));
    }

    private static <T> T value(Readable row, int column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}
