package dev.todo.database;

import io.netty.util.Timer;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * The way to run SQL: {@code database.sql("select ... where id = :id").bind("id", id).one(Task::of)}.
 *
 * <p>A subscriber that goes away costs nothing: a statement whose subscriber has gone before its {@link Turn} does not
 * run; one that has begun runs to its end, and its connection goes back. The driver and the pool never learn of it.
 */
public final class Database {
    private final Connections connections;
    private final Timer timer;
    private final Limits limits;
    private final String location;

    Database(Connections connections, Timer timer, Limits limits, String location) {
        this.connections = connections;
        this.timer = timer;
        this.limits = limits;
        this.location = location;
    }

    /** {@code toAnswer} is for a PostgreSQL that has gone silent; one that is well ends a statement before. */
    record Limits(int mostWaiting, Duration toBegin, Duration toAnswer, Duration toPing) {}

    public SqlStatement sql(String sql) {
        return new SqlStatement(this, sql);
    }

    /** All of the work or, when it fails, nothing. Its statements take one turn together. */
    public <T> Mono<T> transaction(Mono<T> work) {
        return inTurn(
                turn -> turn.isInTransaction() ? work : transaction(turn, work),
                turn -> transaction(turn, work),
                false);
    }

    /** Its statements take one turn together, each for itself: what has begun need not queue again to go on. */
    public <T> Mono<T> inOneTurn(Mono<T> work) {
        return inTurn(turn -> work, turn -> work, false);
    }

    private static <T> Mono<T> transaction(Turn<?> turn, Mono<T> work) {
        PostgresqlConnection connection = turn.line().connection();
        return Mono.usingWhen(
                connection.beginTransaction().then(Mono.fromSupplier(turn::inTransaction)),
                begun -> work,
                begun -> connection.commitTransaction().then(Mono.fromRunnable(begun::committed)),
                (begun, error) -> undo(begun, error).then(Mono.fromRunnable(begun::rolledBack)),
                begun -> connection.rollbackTransaction());
    }

    /** What PostgreSQL has hung up on it has undone: to ask it to would only make an alarm of it. */
    private static Mono<Void> undo(Turn<?> turn, Throwable error) {
        return Failures.endedTheConnection(error)
                ? turn.lose(error)
                : turn.line().connection().rollbackTransaction().onErrorResume(turn::lose);
    }

    /** Does it when the transaction that is under way has been committed, and not otherwise; at once if there is none. */
    public Mono<Void> afterCommit(Runnable task) {
        return Mono.deferContextual(context -> {
            Turn<?> turn = context.getOrDefault(Turn.class, null);
            return Mono.fromRunnable(turn == null || !turn.isInTransaction() ? task : () -> turn.afterCommit(task));
        });
    }

    /** Completes when the database answers; fails when it does not, or takes too long. */
    public Mono<Void> ping() {
        return sql("select 1")
                .quick()
                .count()
                .timeout(limits.toPing)
                .onErrorMap(TimeoutException.class, Failures::unavailable)
                .then();
    }

    /** Where the data is, in words and without secrets. */
    public String location() {
        return location;
    }

    /** Whether a row was refused by the constraint of this name. */
    public static boolean breaks(Throwable error, String constraint) {
        return Failures.breaks(error, constraint);
    }

    /** Whether a row was refused because the account that it belongs to is not there. */
    public static boolean isWithoutOwner(Throwable error) {
        return Failures.breaksForeignKey(error);
    }

    <T> Mono<T> run(Function<Line, Mono<T>> statement, boolean quick) {
        Function<Turn<?>, Mono<T>> work = turn -> statement.apply(turn.line());
        return inTurn(work, work, quick);
    }

    private <T> Mono<T> inTurn(Function<Turn<?>, Mono<T>> within, Function<Turn<?>, Mono<T>> alone, boolean quick) {
        return Mono.deferContextual(context -> {
            Turn<?> turn = context.getOrDefault(Turn.class, null);
            return turn == null ? onItsOwn(alone, quick) : within.apply(turn);
        });
    }

    private <T> Mono<T> onItsOwn(Function<Turn<?>, Mono<T>> work, boolean quick) {
        return Mono.create(sink -> {
            if (connections.waiting(quick) >= limits.mostWaiting) {
                sink.error(Failures.unavailable(null));
            } else {
                new Turn<>(connections, work, quick, limits.toAnswer, sink).waitForIt(limits.toBegin, timer);
            }
        });
    }
}
