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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * The SQL of bulk changes: each finds its tasks, locks them, changes those that differ and counts, in one statement. A
 * dry run leaves out the locks and the change.
 */
@Repository
class BulkStore {
    static final int MOST_TAGS = 20;

    /** Locked in one order, so that nothing waits crosswise. What others have just changed is read as it is now. */
    private static final String SELECTED = """
            with selected as (
                select id, completed, priority, tags, tag_keys, due_date, due_time, due_time_zone, reminders, recurrence,
                    recurrence_mode, next_id
                from tasks
                where user_id = :user_id and (true %s)
                order by id %s)
            """;

    private static final String TALLY = """
            select (select count(*) from selected)::int as matched, (select count(*) from affected)::int as changed,
                array(
                    select sent.id from unnest(:ids) with ordinality as sent (id, place)
                    where sent.id not in (select id from selected)
                    order by place) as not_found
            """;

    private final Database database;

    BulkStore(Database database) {
        this.database = database;
    }

    /** One bulk change: whose tasks, which, and when. */
    record Bulk(String userId, List<Long> ids, TaskConditions conditions, boolean dryRun, Instant now) {
        String lock() {
            return dryRun ? "" : "for update";
        }

        SqlStatement bindTo(SqlStatement statement) {
            SqlStatement bound =
                    conditions.bindTo(statement).bind("user_id", userId).bind("ids", ids.toArray(Long[]::new));
            return dryRun ? bound : bound.bind("now", now);
        }
    }

    /** How many tasks were found, how many of them were to be changed, and which ids were not found. */
    record Tally(int matched, int changed, List<Long> notFound) {
        private static Tally of(Readable row) {
            return new Tally(
                    value(row, 0, Integer.class), value(row, 1, Integer.class), List.of(value(row, 2, Long[].class)));
        }
    }

    /** An occurrence that was open, and is to be followed. */
    record Open(long id, Occurrence occurrence, Mode mode) {
        private static @Nullable Open of(Readable row) {
            Long id = row.get(3, Long.class);
            if (id == null) {
                return null;
            }
            String zone = row.get(6, String.class);
            Due due = new Due(
                    value(row, 4, LocalDate.class), row.get(5, LocalTime.class), zone == null ? null : ZoneId.of(zone));
            List<Reminder> reminders = Stream.of(value(row, 7, String[].class))
                    .map(Reminder::parse)
                    .toList();
            return new Open(
                    id,
                    new Occurrence(due, Rule.kept(value(row, 8, String.class)), reminders),
                    Mode.valueOf(value(row, 9, String.class)));
        }
    }

    record Completed(Tally tally, List<Open> open) {}

    Mono<Completed> complete(Bulk bulk) {
        record Row(Tally tally, @Nullable Open open) {}
        return bulk.bindTo(database.sql(completeSql(bulk)))
                .list(row -> new Row(Tally.of(row), Open.of(row)))
                .map(rows -> new Completed(
                        rows.get(0).tally(),
                        rows.stream().map(Row::open).filter(Objects::nonNull).toList()));
    }

    static String completeSql(Bulk bulk) {
        return (SELECTED + """
                , affected as (select * from selected where not completed)
                """ + (bulk.dryRun() ? "" : """
                , written as (
                    update tasks
                    set completed = true, completed_at = greatest(updated_at, :now),
                        updated_at = greatest(updated_at, :now), version = version + 1
                    where user_id = :user_id and id = any(array(select id from affected)))
                """) + """
                select tally.*, open.*
                from (
                """ + TALLY + """
                ) as tally left join (
                    select id, due_date, due_time, due_time_zone, reminders, recurrence, recurrence_mode from affected
                    where recurrence is not null and next_id is null) as open on true
                """)
                .formatted(bulk.conditions().sql(), bulk.lock());
    }

    Mono<Tally> reopen(Bulk bulk) {
        return bulk.bindTo(database.sql(reopenSql(bulk))).one(Tally::of);
    }

    static String reopenSql(Bulk bulk) {
        return (SELECTED + """
                , affected as (select id from selected where completed)
                """ + (bulk.dryRun() ? "" : """
                , written as (
                    update tasks
                    set completed = false, completed_at = null, updated_at = greatest(updated_at, :now),
                        version = version + 1
                    where user_id = :user_id and id = any(array(select id from affected)))
                """) + TALLY)
                .formatted(bulk.conditions().sql(), bulk.lock());
    }

    /** {@code overfull}: how many tasks would have too many tags; then nothing is changed. */
    record Updated(Tally tally, int overfull) {}

    Mono<Updated> update(Bulk bulk, TasksChange change) {
        return bindChange(bulk.bindTo(database.sql(updateSql(bulk))), change)
                .one(row -> new Updated(Tally.of(row), value(row, 3, Integer.class)));
    }

    static SqlStatement bindChange(SqlStatement statement, TasksChange change) {
        Priority priority = change.priority();
        return statement
                .bind("added_tags", texts(change.addedTags(), tag -> tag))
                .bind("added_keys", texts(change.addedTags(), CaseFolding::of))
                .bind("removed_keys", texts(change.removedTags(), CaseFolding::of))
                .bind("priority", priority == null ? null : priority.rank, Short.class);
    }

    static String updateSql(Bulk bulk) {
        return (SELECTED + """
                , rewritten as (
                    select selected.id, new.tags, new.tag_keys, new.priority,
                        new.tag_keys <> selected.tag_keys or new.priority <> selected.priority as differs
                    from selected, lateral (
                        select coalesce(array_agg(tag order by place), '{}') as tags,
                            coalesce(array_agg(key order by place), '{}') as tag_keys,
                            coalesce(:priority, selected.priority) as priority
                        from (
                            select tag, key, place
                            from unnest(selected.tags, selected.tag_keys) with ordinality as had (tag, key, place)
                            where key <> all(:removed_keys)
                            union all
                            select tag, key, 20 + place
                            from unnest(:added_tags, :added_keys) with ordinality as added (tag, key, place)
                            where key <> all(selected.tag_keys)) as kept) as new),
                overfull as (select id from rewritten where cardinality(tags) > 20),
                affected as (select * from rewritten where differs and not exists (select from overfull))
                """ + (bulk.dryRun() ? "" : """
                , written as (
                    update tasks
                    set tags = affected.tags, tag_keys = affected.tag_keys, priority = affected.priority,
                        updated_at = greatest(tasks.updated_at, :now), version = tasks.version + 1
                    from affected
                    where tasks.user_id = :user_id and tasks.id = affected.id)
                """) + TALLY + ", (select count(*) from overfull)::int")
                .formatted(bulk.conditions().sql(), bulk.lock());
    }

    /** Moves the tasks to the trash. */
    Mono<Tally> delete(Bulk bulk) {
        return bulk.bindTo(database.sql(deleteSql(bulk))).one(Tally::of);
    }

    static String deleteSql(Bulk bulk) {
        return (SELECTED + """
                , affected as (select id from selected)
                """ + (bulk.dryRun() ? "" : """
                , gone as (
                    delete from tasks where user_id = :user_id and id = any(array(select id from affected))
                    returning %3$s),
                kept as (insert into trash (%3$s, deleted_at) select %3$s, :now from gone)
                """) + TALLY)
                .formatted(bulk.conditions().sql(), bulk.lock(), TaskStore.KEPT);
    }

    /** What comes after a task that is done. */
    record Following(long doneId, Occurrence next, Instant dueAt) {}

    /** Makes the occurrences that come next, and notes each with the one that it follows. */
    Mono<Void> follow(Bulk bulk, List<Following> following) {
        return TaskLimit.within(database.sql("""
                        with following as (
                            select nextval(pg_get_serial_sequence('tasks', 'id')) as id, done_id, on_day::date as due_date,
                                instant::timestamptz as due_at, string_to_array(reminders, ' ') as reminders, rule
                            from unnest(:done_ids, :due_dates, :due_ats, :reminders, :rules)
                                as sent (done_id, on_day, instant, reminders, rule)),
                        made as (
                            insert into tasks (id, user_id, title, description, priority, tags, tag_keys, due_date, due_time,
                                due_time_zone, due_at, reminders, recurrence, recurrence_mode, first_id, created_at,
                                updated_at)
                            select following.id, done.user_id, done.title, done.description, done.priority, done.tags,
                                done.tag_keys, following.due_date, done.due_time, done.due_time_zone, following.due_at,
                                following.reminders, following.rule, done.recurrence_mode,
                                coalesce(done.first_id, done.id), :now, :now
                            from tasks as done join following on following.done_id = done.id
                            where done.user_id = :user_id)
                        update tasks set next_id = following.id from following
                        where tasks.user_id = :user_id and tasks.id = following.done_id
                        """)
                .bind("done_ids", following.stream().map(Following::doneId).toArray(Long[]::new))
                .bind(
                        "due_dates",
                        texts(following, one -> one.next().due().date().toString()))
                .bind("due_ats", texts(following, one -> one.dueAt().toString()))
                .bind("reminders", texts(following, one -> joined(one.next().reminders())))
                .bind("rules", texts(following, one -> one.next().rule().text()))
                .bind("now", bulk.now())
                .bind("user_id", bulk.userId())
                .count()
                .then());
    }

    private static String joined(List<Reminder> reminders) {
        return reminders.stream().map(Reminder::text).collect(Collectors.joining(" "));
    }

    private static <T> String[] texts(List<T> items, Function<T, String> text) {
        return items.stream().map(text).toArray(String[]::new);
    }

    private static <T> T value(Readable row, int column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}
