package dev.todo.database;

import io.r2dbc.spi.Readable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.MonoSink;

/** A statement with its values that has been put to PostgreSQL, and the answer as it comes. */
final class Question<R, T> {
    private static final Logger LOG = LoggerFactory.getLogger(Question.class);

    /** The same text takes values of other types as another statement. */
    record Kind(String sql, List<Class<?>> types) {}

    private final Kind kind;
    private final @Nullable Object[] values;
    private final Function<? super Readable, R> mapper;
    private final Function<Answer<R>, @Nullable T> result;
    private final MonoSink<T> sink;
    private final Answer<R> answer = new Answer<>();
    private @Nullable Throwable failure;
    private boolean repeated;

    static final class Answer<R> {
        private final List<R> rows = new ArrayList<>(1);
        private long count;

        List<R> rows() {
            return rows;
        }

        /** How many rows were inserted, changed or deleted. */
        long count() {
            return count;
        }

        @Nullable
        R single() {
            if (rows.size() > 1) {
                throw new IllegalStateException("The statement has " + rows.size() + " rows, and not one at most");
            }
            return rows.isEmpty() ? null : rows.get(0);
        }
    }

    Question(
            Kind kind,
            @Nullable Object[] values,
            Function<? super Readable, R> mapper,
            Function<Answer<R>, @Nullable T> result,
            MonoSink<T> sink) {
        this.kind = kind;
        this.values = values;
        this.mapper = mapper;
        this.result = result;
        this.sink = sink;
    }

    Kind kind() {
        return kind;
    }

    @Nullable
    Object[] values() {
        return values;
    }

    /** Whether it may be put once more, as it has not been before, and nothing has come of it; its failure is forgotten then. */
    boolean repeats() {
        if (repeated || !answer.rows.isEmpty()) {
            return false;
        }
        repeated = true;
        failure = null;
        return true;
    }

    void row(Readable row) {
        if (failure == null) {
            try {
                answer.rows.add(Objects.requireNonNull(mapper.apply(row), "A row was made nothing of"));
            } catch (Throwable e) {
                failure = e;
            }
        }
    }

    void count(@Nullable Long rows) {
        if (rows != null) {
            answer.count += rows;
        }
    }

    void fail(Throwable error) {
        if (failure == null) {
            failure = error;
        }
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Nothing more comes. */
    void end() {
        T value = null;
        if (failure == null) {
            try {
                value = result.apply(answer);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        try {
            if (failure == null) {
                sink.success(value);
            } else {
                sink.error(failure);
            }
        } catch (Throwable e) {
            // Thrown on, it would keep others from what they have asked.
            LOG.error("Whoever asked has failed at the answer", e);
        }
    }
}
