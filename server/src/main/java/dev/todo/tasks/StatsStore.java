package dev.todo.tasks;

import dev.todo.database.Database;
import dev.todo.database.SqlStatement;
import dev.todo.tasks.TaskFilter.DueOn;
import dev.todo.tasks.TaskFilter.Span;
import dev.todo.tasks.TaskStats.Day;
import dev.todo.tasks.TaskStats.TagUse;
import dev.todo.values.ZoneOffsets;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The SQL of statistics: one statement for all of them, which tells the user's zone besides. */
@Repository
class StatsStore {
    /** What is done after today does not count, and clocks do not differ by a year. */
    private static final Duration FAR_ENOUGH = Duration.ofDays(366);

    /** Days are compared as dates: a day may begin twice, or not at midnight, but an instant has one date. */
    static final String STATS = """
            with own as materialized (
                select completed, completed_at, priority, due_at from tasks where user_id = :user_id
            ), days as materialized (
                select (completed_at at time zone (offset_seconds * interval '1 second'))::date as day, count(*) as done
                from (
                    select completed_at,
                        (:offsets::int[])[width_bucket(completed_at, :starts::timestamptz[]) + 1] as offset_seconds
                    from own
                    where completed_at is not null
                ) as placed
                group by 1
            ), used as materialized (
                select (array_agg(tag order by uses desc, tag collate "C"))[1] as name, sum(uses)::int as uses, key
                from (
                    select key, tag, count(*) as uses
                    from (
                        select unnest(tags) as tag, unnest(tag_keys) as key from tasks where user_id = :user_id
                    ) as named
                    group by key, tag
                ) as spelt
                group by key
                order by 2 desc, key collate "und-x-icu"
                limit 100
            )
            select coalesce((select time_zone from accounts where user_id = :user_id), 'UTC'), counted.*,
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
            from (select :today::date as today) as here, (
                select count(*) filter (where not completed)::int,
                    count(*) filter (where completed)::int,
                    array[count(*) filter (where priority = 0), count(*) filter (where priority = 1),
                        count(*) filter (where priority = 2), count(*) filter (where priority = 3),
                        count(*) filter (where priority = 4)]::int[],
                    count(*) filter (where not completed and due_at < :now)::int,
                    count(*) filter (where not completed and due_at >= :today_from and due_at < :today_before)::int,
                    count(*) filter (where not completed and due_at >= :week_from and due_at < :week_before)::int
                from own
            ) as counted
            """;

    private final Database database;

    StatsStore(Database database) {
        this.database = database;
    }

    /** With the days of the zone that is given: right if it is the one that the statistics name. */
    Mono<TaskStats> stats(String userId, ZoneId zone, Instant now) {
        LocalDate today = today(zone, now);
        return bind(database.sql(STATS), userId, zone, now).one(row -> stats(row, today));
    }

    static SqlStatement bind(SqlStatement statement, String userId, ZoneId zone, Instant now) {
        ZoneOffsets offsets = ZoneOffsets.before(now.plus(FAR_ENOUGH), zone);
        SqlStatement bound = statement
                .bind("user_id", userId)
                .bind("starts", offsets.starts().toArray(Instant[]::new))
                .bind("offsets", offsets.seconds().toArray(Integer[]::new))
                .bind("today", today(zone, now))
                .bind("now", now);
        return bind(bind(bound, "today", DueOn.TODAY.span(zone, now)), "week", DueOn.WEEK.span(zone, now));
    }

    private static SqlStatement bind(SqlStatement statement, String name, Span span) {
        return statement
                .bind(name + "_from", Objects.requireNonNull(span.from()))
                .bind(name + "_before", Objects.requireNonNull(span.before()));
    }

    private static LocalDate today(ZoneId zone, Instant now) {
        return now.atZone(zone).toLocalDate();
    }

    private static TaskStats stats(Readable row, LocalDate today) {
        String[] tags = value(row, 7, String[].class);
        Integer[] uses = value(row, 8, Integer[].class);
        Integer[] done = value(row, 9, Integer[].class);
        return new TaskStats(
                value(row, 0, String.class),
                value(row, 1, Integer.class),
                value(row, 2, Integer.class),
                List.of(value(row, 3, Integer[].class)),
                IntStream.range(0, tags.length)
                        .mapToObj(i -> new TagUse(tags[i], uses[i]))
                        .toList(),
                value(row, 4, Integer.class),
                value(row, 5, Integer.class),
                value(row, 6, Integer.class),
                IntStream.range(0, done.length)
                        .mapToObj(i -> new Day(today.minusDays(done.length - 1L - i), done[i]))
                        .toList(),
                value(row, 10, Integer.class));
    }

    private static <T> T value(Readable row, int column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}
