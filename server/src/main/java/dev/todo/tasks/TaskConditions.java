package dev.todo.tasks;

import dev.todo.database.SqlStatement;
import dev.todo.tasks.TaskFilter.Span;
import dev.todo.tasks.TaskOrder.Term;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the SQL of a list demands of a task, besides the user, and the values that it names. */
final class TaskConditions {
    private final StringBuilder sql = new StringBuilder();
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** {@code dueOn}: what the filter's own "today" or "week" means; {@code now} tells what is overdue. */
    TaskConditions(TaskFilter filter, Span dueOn, Instant now) {
        switch (filter.status()) {
            case ALL -> {}
            case PENDING -> sql.append(" and not completed");
            case COMPLETED -> sql.append(" and completed");
        }
        if (!filter.priorities().isEmpty()) {
            Short[] ranks =
                    filter.priorities().stream().map(priority -> priority.rank).toArray(Short[]::new);
            and("priority = any(:priorities)", "priorities", ranks);
        }
        if (!filter.tags().isEmpty()) {
            and("tag_keys @> :tags", "tags", filter.tags().toArray(String[]::new));
        }
        if (!filter.anyTags().isEmpty()) {
            and("tag_keys && :any_tags", "any_tags", filter.anyTags().toArray(String[]::new));
        }
        if (filter.words() != null) {
            and("search @@ " + TaskOrder.QUERY, "words", filter.words());
        }
        if (filter.dueOn() == TaskFilter.DueOn.NONE) {
            sql.append(" and due_at is null");
        }
        if (filter.overdue() != null) {
            String isOverdue = "not completed and due_at < :now";
            String isNot = "(completed or due_at is null or due_at >= :now)";
            and(filter.overdue() ? isOverdue : isNot, "now", now);
        }
        if (filter.recurring() != null) {
            sql.append(filter.recurring() ? " and recurrence is not null" : " and recurrence is null");
        }
        if (filter.series() != null) {
            and("(id = :series or first_id = :series)", "series", filter.series());
        }
        span("due_at", "due_on", dueOn);
        span("due_at", "due", filter.due());
        span("created_at", "created", filter.created());
        span("updated_at", "updated", filter.updated());
    }

    /**
     * Of all tasks, those with these ids. Where PostgreSQL sees how many there are, it takes the primary key for dear and
     * goes through all that the user has by another index.
     */
    static TaskConditions ofIds(List<Long> ids, Instant now) {
        TaskConditions conditions = new TaskConditions(TaskFilter.of(TaskStatus.ALL), Span.EVER, now);
        conditions.and("id = any(array(select unnest(:ids)))", "ids", ids.toArray(Long[]::new));
        return conditions;
    }

    /** Only what comes after the place. Where all keys go one way, a comparison of rows can be read from an index. */
    TaskConditions beyond(TaskOrder order, TaskCursor place) {
        List<Term> terms = order.terms();
        String[] keys = IntStream.range(0, terms.size())
                .mapToObj(i -> place.keys().get(i) == null ? terms.get(i).nothing() : ":key" + i)
                .toArray(String[]::new);
        for (int i = 0; i < keys.length; i++) {
            Object key = place.keys().get(i);
            if (key != null) {
                values.put("key" + i, key);
            }
        }
        values.put("id", place.id());
        String last = order.last().beyond();
        if (order.goesOneWay()) {
            String columns = terms.stream().map(Term::expression).collect(Collectors.joining(", "));
            sql.append(" and (%s, id) %s (%s, :id)".formatted(columns, last, String.join(", ", keys)));
        } else {
            Stream<String> steps = IntStream.range(0, keys.length)
                    .mapToObj(i -> tie(terms, keys, i) + terms.get(i).expression() + " "
                            + terms.get(i).beyond() + " " + keys[i]);
            Stream<String> lastStep = Stream.of(tie(terms, keys, keys.length) + "id " + last + " :id");
            sql.append(Stream.concat(steps, lastStep).collect(Collectors.joining(" or ", " and (", ")")));
        }
        return this;
    }

    private static String tie(List<Term> terms, String[] keys, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> terms.get(i).expression() + " = " + keys[i] + " and ")
                .collect(Collectors.joining());
    }

    private void span(String column, String name, Span span) {
        if (span.from() != null) {
            and(column + " >= :" + name + "_from", name + "_from", span.from());
        }
        if (span.before() != null) {
            and(column + " < :" + name + "_before", name + "_before", span.before());
        }
    }

    private void and(String condition, String name, Object value) {
        sql.append(" and ").append(condition);
        values.put(name, value);
    }

    String sql() {
        return sql.toString();
    }

    SqlStatement bindTo(SqlStatement statement) {
        SqlStatement bound = statement;
        for (Map.Entry<String, Object> value : values.entrySet()) {
            bound = bound.bind(value.getKey(), value.getValue());
        }
        return bound;
    }
}
