package dev.todo.database;

import dev.todo.problem.Problem;
import io.r2dbc.pool.PoolMetrics;
import io.r2dbc.postgresql.api.PostgresqlException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/**
 * The way to run SQL: {@code database.sql("select ... where id = :id").bind("id", id).one(Task::of)}.
 *
 * <p>A subscriber that goes away costs nothing. R2DBC's pool loses connections when an acquisition or a statement is
 * cancelled (r2dbc-pool issues 140, 143, 144 and 198), and so it never learns of it: a statement whose subscriber has
 * gone before its {@link Turn} does not run; one that has begun runs to its end, and its connection goes back.
 */
public final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** PostgreSQL calls it query_canceled; nobody cancels but its own statement_timeout. */
    private static final String TOOK_TOO_LONG = "57014";

    /** Both sides could wait for ever; PostgreSQL has undone all that one of them did. */
    private static final String DEADLOCK = "40P01";

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final DatabaseClient client;
    private final TransactionalOperator transactions;
    private final PoolMetrics pool;
    private final Limits limits;
    private final String location;

    Database(
            DatabaseClient client,
            TransactionalOperator transactions,
            PoolMetrics pool,
            Limits limits,
            String location) {
        this.client = client;
        this.transactions = transactions;
        this.pool = pool;
        this.limits = limits;
        this.location = location;
    }

    /** {@code toAnswer} is for a PostgreSQL that has gone silent; one that is well ends a statement before. */
    record Limits(int mostWaiting, Duration toBegin, Duration toAnswer, Duration toPing) {}

    public SqlStatement sql(String sql) {
        return new SqlStatement(this, client.sql(sql));
    }

    /** All of the work or, when it fails, nothing. Its statements take one turn together. */
    public <T> Mono<T> transaction(Mono<T> work) {
        return shielded(transactions.transactional(work));
    }

    /** Does it when the transaction that is under way has been committed, and not otherwise; at once if there is none. */
    public Mono<Void> afterCommit(Runnable task) {
        TransactionSynchronization committed = new TransactionSynchronization() {
            @Override
            public Mono<Void> afterCommit() {
                return Mono.fromRunnable(task);
            }
        };
        return TransactionSynchronizationManager.forCurrentTransaction()
                .doOnNext(transaction -> transaction.registerSynchronization(committed))
                .then()
                .onErrorResume(NoTransactionException.class, none -> Mono.fromRunnable(task));
    }

    /** Completes when the database answers; fails when it does not, or takes too long. */
    public Mono<Void> ping() {
        return sql("select 1")
                .count()
                .timeout(limits.toPing)
                .onErrorMap(TimeoutException.class, Database::unavailable)
                .then();
    }

    /** Where the data is, in words and without secrets. */
    public String location() {
        return location;
    }

    <T> Mono<T> shielded(Mono<T> work) {
        return Mono.deferContextual(context -> {
            Turn turn = context.getOrDefault(Turn.class, null);
            return turn == null ? onItsOwn(work) : work.doFirst(turn::goOn);
        });
    }

    private <T> Mono<T> onItsOwn(Mono<T> work) {
        return Mono.create(sink -> {
            if (pool.pendingAcquireSize() >= limits.mostWaiting) {
                sink.error(unavailable(null));
            } else {
                run(work, sink, new Turn());
            }
        });
    }

    private <T> void run(Mono<T> work, MonoSink<T> sink, Turn turn) {
        Disposable listener = Disposables.single();
        sink.onCancel(turn::giveUp);
        sink.onDispose(listener);
        Disposable patience = after(limits.toBegin, () -> {
            if (turn.giveUp()) {
                sink.error(unavailable(null));
            }
        });
        Disposable.Swap silence = Disposables.swap();
        severWhenSilent(turn, limits.toBegin.plus(limits.toAnswer), silence);
        work.doOnSuccess(sink::success)
                .doFinally(end -> {
                    patience.dispose();
                    silence.dispose();
                })
                .contextWrite(context -> context.putAll(sink.contextView()).put(Turn.class, turn))
                .subscribe(done -> {}, error -> fail(error, sink, turn, listener));
    }

    /** Each statement of a transaction has its own while to be answered in. */
    private void severWhenSilent(Turn turn, Duration patience, Disposable.Swap silence) {
        silence.update(after(patience, () -> {
            Duration left = limits.toAnswer.minus(turn.sinceLastStatement());
            if (left.compareTo(Duration.ZERO) > 0) {
                severWhenSilent(turn, left, silence);
            } else {
                LOG.warn("PostgreSQL has gone silent in the middle of a statement: its connection is closed");
                turn.sever();
            }
        }));
    }

    private static Disposable after(Duration delay, Runnable task) {
        return Schedulers.parallel().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void fail(Throwable error, MonoSink<?> sink, Turn turn, Disposable listener) {
        if (hasEndedTheConnection(error)) {
            // PostgreSQL says so before it hangs up: until then the pool would give the connection to somebody else.
            turn.sever();
        }
        if (!listener.isDisposed()) {
            sink.error(!turn.hasBegun() || isOutage(error) ? unavailable(error) : error);
        } else if (turn.hasBegun()) {
            Throwable cause = NestedExceptionUtils.getMostSpecificCause(error);
            LOG.warn("A statement has failed after its client had gone: {}", cause.toString());
        }
    }

    /** Whether a row was refused by the constraint of this name. */
    public static boolean breaks(Throwable error, String constraint) {
        return failure(error) instanceof PostgresqlException failure
                && constraint.equals(
                        failure.getErrorDetails().getConstraintName().orElse(null));
    }

    /** Whether a row was refused because the account that it belongs to is not there. */
    public static boolean isWithoutOwner(Throwable error) {
        R2dbcException failure = failure(error);
        return failure != null && FOREIGN_KEY_VIOLATION.equals(failure.getSqlState());
    }

    private static boolean isOutage(Throwable error) {
        R2dbcException failure = failure(error);
        if (failure == null) {
            return false;
        }
        String state = failure.getSqlState();
        return state == null
                ? failure instanceof R2dbcNonTransientResourceException
                : state.equals(TOOK_TOO_LONG)
                        || state.equals(DEADLOCK)
                        || state.startsWith("53")
                        || hasEndedTheConnection(state);
    }

    private static boolean hasEndedTheConnection(Throwable error) {
        R2dbcException failure = failure(error);
        return failure != null && failure.getSqlState() != null && hasEndedTheConnection(failure.getSqlState());
    }

    private static boolean hasEndedTheConnection(String state) {
        return state.startsWith("08") || state.startsWith("57P");
    }

    private static @Nullable R2dbcException failure(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException failure) {
                return failure;
            }
        }
        return null;
    }

    private static Problem unavailable(@Nullable Throwable cause) {
        return Problem.unavailable("The database does not answer at the moment: try again in a few seconds.", cause);
    }
}
