package dev.todo.tasks;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The order of a list, key by key; tasks that tie are ordered by id, in the direction of the last key. */
public record TaskOrder(List<Term> terms) {
    /** In a select of its own, so that it is worked out once and not for each task: thirty times as fast. */
    static final String QUERY = "(select task_query(:words))";

    public TaskOrder {
        terms = List.copyOf(terms);
    }

    /** What tasks can be ordered by. */
    public enum Key {
        CREATED_AT("created_at", Instant.class),
        UPDATED_AT("updated_at", Instant.class),
        TITLE("title", String.class),
        DUE_AT("due_at", Instant.class),
        PRIORITY("priority", Short.class),
        COMPLETED_AT("completed_at", Instant.class),
        /** The better, the less: the best match comes first. */
        RELEVANCE("-ts_rank(search, " + QUERY + ")", Float.class);

        final String expression;
        final Class<?> type;

        Key(String expression, Class<?> type) {
            this.expression = expression;
            this.type = type;
        }

        boolean isOptional() {
            return this == DUE_AT || this == COMPLETED_AT;
        }
    }

    /** One key and its direction. */
    public record Term(Key key, boolean descending) {
        /** Tasks without a value come last either way. */
        String expression() {
            return key.isOptional() ? "coalesce(%s, %s)".formatted(key.expression, nothing()) : key.expression;
        }

        String nothing() {
            return descending ? "'-infinity'" : "'infinity'";
        }

        String direction() {
            return descending ? "desc" : "asc";
        }

        String beyond() {
            return descending ? "<" : ">";
        }
    }

    public static TaskOrder by(Key key, boolean descending) {
        return new TaskOrder(List.of(new Term(key, descending)));
    }

    boolean has(Key key) {
        return terms.stream().anyMatch(term -> term.key() == key);
    }

    boolean repeatsAKey() {
        return terms.stream().map(Term::key).distinct().count() < terms.size();
    }

    Term last() {
        return terms.get(terms.size() - 1);
    }

    boolean goesOneWay() {
        return terms.stream().allMatch(term -> term.descending() == last().descending());
    }

    /** Of what can be missing, the index has one direction: see the migrations. */
    boolean isIndexed() {
        return terms.size() == 1
                && switch (last().key()) {
                    case CREATED_AT, UPDATED_AT, TITLE -> true;
                    case DUE_AT -> !last().descending();
                    case PRIORITY, COMPLETED_AT, RELEVANCE -> false;
                };
    }

    String sql() {
        String keys = terms.stream()
                .map(term -> term.expression() + " " + term.direction())
                .collect(Collectors.joining(", "));
        return keys + ", id " + last().direction();
    }
}
