package dev.todo.tasks;

import dev.todo.database.Database;
import dev.todo.tasks.TaskStats.Day;
import dev.todo.tasks.TaskStats.TagUse;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The SQL of statistics: one statement for all of them, which finds the user's zone by itself. */
@Repository
class StatsStore {
    /** Days are compared as dates: a day may begin twice, or not at midnight, but an instant has one date. */
    static final String STATS = """
            with here as materialized (
                select zone, (:now::timestamptz at time zone zone)::date as today
                from (select coalesce((select time_zone from accounts where user_id = :user_id), 'UTC') as zone) as place
            ), own as materialized (
                select completed, completed_at, priority, due_at, tags, tag_keys from tasks where user_id = :user_id
            ), days as materialized (
                select (completed_at at time zone zone)::date as day, count(*) as done
                from own, here
                where completed_at is not null
                group by 1
            ), used as materialized (
                select (array_agg(tag order by uses desc, tag collate "C"))[1] as name, sum(uses)::int as uses, key
                from (
                    select key, tag, count(*) as uses
                    from (select unnest(tags) as tag, unnest(tag_keys) as key from own) as named
                    group by key, tag
                ) as spelt
                group by key
                order by 2 desc, key collate "und-x-icu"
                limit 100
            )
            select zone, today, counted.*,
                coalesce((select array_agg(name order by uses desc, key collate "und-x-icu") from used), '{}'),
                coalesce((select array_agg(uses order by uses desc, key collate "und-x-icu") from used), '{}'),
                (
                    select array_agg(coalesce(done, 0)::int order by ago desc)
                    from generate_series(0, 29) as ago left join days on day = today - ago
                ),
                (
                    select count(*)::int
                    from (
                        select day, first_value(day) over latest_first as latest,
                            row_number() over latest_first - 1 as place
                        from days
                        where day <= today
                        window latest_first as (order by day desc)
                    ) as run
                    where latest >= today - 1 and day = latest - place::int
                )
            from here, lateral (
                select count(*) filter (where not completed)::int,
                    count(*) filter (where completed)::int,
                    array[count(*) filter (where priority = 0), count(*) filter (where priority = 1),
                        count(*) filter (where priority = 2), count(*) filter (where priority = 3),
                        count(*) filter (where priority = 4)]::int[],
                    count(*) filter (where not completed and due_at < :now)::int,
                    count(*) filter (where not completed and (due_at at time zone zone)::date = today)::int,
                    count(*) filter (where not completed
                        and date_trunc('week', due_at at time zone zone) = date_trunc('week', today::timestamp))::int
                from own
            ) as counted
            """;

    private final Database database;

    StatsStore(Database database) {
        this.database = database;
    }

    Mono<TaskStats> stats(String userId, Instant now) {
        return database.sql(STATS).bind("user_id", userId).bind("now", now).one(StatsStore::stats);
    }

    private static TaskStats stats(Readable row) {
        LocalDate today = value(row, 1, LocalDate.class);
        String[] tags = value(row, 8, String[].class);
        Integer[] uses = value(row, 9, Integer[].class);
        Integer[] done = value(row, 10, Integer[].class);
        return new TaskStats(
                value(row, 0, String.class),
                value(row, 2, Integer.class),
                value(row, 3, Integer.class),
                List.of(value(row, 4, Integer[].class)),
                IntStream.range(0, tags.length)
                        .mapToObj(i -> new TagUse(tags[i], uses[i]))
                        .toList(),
                value(row, 5, Integer.class),
                value(row, 6, Integer.class),
                value(row, 7, Integer.class),
                IntStream.range(0, done.length)
                        .mapToObj(i -> new Day(today.minusDays(done.length - 1L - i), done[i]))
                        .toList(),
                value(row, 11, Integer.class));
    }

    private static <T> T value(Readable row, int column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}
