package dev.todo.tasks;

import dev.todo.database.Database;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * The SQL of tags. They are kept with the tasks: {@code tag_keys} has them as they are compared, in the order of
 * {@code tags}. What changes them is one statement. It locks the account first, as whatever changes many tasks does, and
 * then the tasks by their ids, so that nothing waits crosswise; and it reads them as they are once they are locked.
 */
@Repository
class TagStore {
    static final String LIST = """
            select (array_agg(tag order by uses desc, tag collate "C"))[1], sum(uses)::int, sum(pending)::int, key
            from (
                select key, tag, count(*) as uses, count(*) filter (where not completed) as pending
                from (
                    select unnest(tags) as tag, unnest(tag_keys) as key, completed from tasks where user_id = :user_id
                ) as named
                where :after::text is null or key collate "und-x-icu" > :after
                group by key, tag
            ) as spelt
            group by key
            order by key collate "und-x-icu"
            limit :limit
            """;

    /** Of two places in one task, the first is kept. */
    static final String RENAME = """
            with owner as materialized (
                select 1 from accounts where user_id = :user_id for share
            ), held as materialized (
                select id, completed, tags, tag_keys,
                    array_position(tag_keys, :key::text) as old_place,
                    array_position(tag_keys, :new_key::text) as new_place
                from tasks
                where user_id = :user_id and tag_keys && array[:key::text, :new_key::text]
                    and exists (select 1 from owner)
                order by id
                for no key update
            ), placed as (
                select id, tags, tag_keys, least(old_place, new_place) as kept,
                    nullif(greatest(old_place, new_place), least(old_place, new_place)) as dropped
                from held
                where old_place is not null
            ), changed as (
                select id, tags as before,
                    array_replace(array_remove(tags, tags[dropped]), tags[kept], :new_name::text) as tags,
                    array_replace(array_remove(tag_keys, tag_keys[dropped]), tag_keys[kept], :new_key::text)
                        as tag_keys
                from placed
            ), written as (
                update tasks
                set tags = changed.tags, tag_keys = changed.tag_keys,
                    updated_at = greatest(updated_at, :now), version = version + 1
                from changed
                where tasks.user_id = :user_id and tasks.id = changed.id and changed.tags <> changed.before
            )
            select (array_agg(tag order by uses desc, tag collate "C"))[1], sum(uses)::int, sum(pending)::int
            from (
                select tag, count(*) as uses, count(*) filter (where not completed) as pending,
                    bool_or(renamed) as renamed
                from (
                    select completed, old_place is not null as renamed,
                        case when old_place is null then tags[new_place] else :new_name end as tag
                    from held
                ) as named
                group by tag
            ) as spelt
            having bool_or(renamed)
            """;

    static final String DELETE = """
            with owner as materialized (
                select 1 from accounts where user_id = :user_id for share
            ), held as materialized (
                select id, tags, tag_keys, array_position(tag_keys, :key::text) as place
                from tasks
                where user_id = :user_id and tag_keys @> array[:key::text] and exists (select 1 from owner)
                order by id
                for no key update
            )
            update tasks
            set tags = array_remove(held.tags, held.tags[place]),
                tag_keys = array_remove(held.tag_keys, :key::text),
                updated_at = greatest(updated_at, :now), version = version + 1
            from held
            where tasks.user_id = :user_id and tasks.id = held.id
            """;

    private final Database database;

    TagStore(Database database) {
        this.database = database;
    }

    /** A tag, and what it is ordered by. */
    record Found(Tag tag, String key) {}

    /** {@code after}: the key of the last one seen; null from the beginning. */
    Mono<List<Found>> list(String userId, @Nullable String after, int limit) {
        return database.sql(LIST)
                .bind("user_id", userId)
                .bind("after", after, String.class)
                .bind("limit", limit)
                .list(row -> new Found(tag(row), value(row, 3, String.class)));
    }

    /** Empty when no task has the tag. */
    Mono<Tag> rename(String userId, String key, String newName, String newKey, Instant now) {
        return database.sql(RENAME)
                .bind("user_id", userId)
                .bind("key", key)
                .bind("new_name", newName)
                .bind("new_key", newKey)
                .bind("now", now)
                .one(TagStore::tag);
    }

    /** How many tasks had the tag. */
    Mono<Long> delete(String userId, String key, Instant now) {
        return database.sql(DELETE)
                .bind("user_id", userId)
                .bind("key", key)
                .bind("now", now)
                .count();
    }

    private static Tag tag(Readable row) {
        return new Tag(value(row, 0, String.class), value(row, 1, Integer.class), value(row, 2, Integer.class));
    }

    private static <T> T value(Readable row, int column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}
