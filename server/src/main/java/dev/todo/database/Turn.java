package dev.todo.database;

import io.netty.util.Timeout;
import io.netty.util.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;
import reactor.pool.PooledRef;
import reactor.util.context.Context;

/**
 * The turn of a statement, or of a transaction, at a connection. It waits for one, and then either begins or is given up,
 * whichever comes first; what has begun runs to its end, whether or not anybody still listens, and gives it back.
 */
final class Turn<T> implements CoreSubscriber<PooledRef<Line>> {
    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);
    private static final Object WAITING = "waiting";
    private static final Object OVER = "over";

    private final Function<Turn<?>, Mono<T>> work;
    private final boolean quick;
    private final Duration toAnswer;
    private final MonoSink<T> sink;
    private final Connections connections;
    private final long since = System.nanoTime();
    /** The connection, while it has one. */
    private final AtomicReference<Object> state = new AtomicReference<>(WAITING);

    private final List<Runnable> afterCommit = new ArrayList<>(0);
    private volatile @Nullable Timeout patience;
    private volatile @Nullable Share share;
    /** Lent on the connection's own loop: only then do others join it. */
    private volatile boolean opensToOthers;

    private volatile boolean unheard;
    private volatile boolean inTransaction;

    Turn(Connections connections, Function<Turn<?>, Mono<T>> work, boolean quick, Duration toAnswer, MonoSink<T> sink) {
        this.connections = connections;
        this.work = work;
        this.quick = quick;
        this.toAnswer = toAnswer;
        this.sink = sink;
    }

    void waitForIt(Duration longest, Timer timer) {
        sink.onCancel(() -> {
            unheard = true;
            giveUp();
        });
        connections.lendTo(this);
        if (state.get() == WAITING) {
            patience = timer.newTimeout(
                    // What follows is not for the one thread of the timer.
                    over -> Schedulers.parallel().schedule(() -> fail(null)),
                    longest.toNanos(),
                    TimeUnit.NANOSECONDS);
            if (state.get() != WAITING) {
                stopTheClock();
            }
        }
    }

    boolean isWaiting() {
        return state.get() == WAITING;
    }

    /** Whether it may share a connection with others like it, and use the one that is left for these. */
    boolean isQuick() {
        return quick;
    }

    boolean hasWaitedLongerThan(Turn<?> other, long nanoseconds) {
        return other.since - since > nanoseconds;
    }

    @Nullable
    Share share() {
        return share;
    }

    void queueAt(Share home) {
        share = home;
        home.add(this);
    }

    void takeFrom(Share lender, boolean onItsLoop) {
        share = lender;
        opensToOthers = quick && onItsLoop;
    }

    void fail(@Nullable Throwable error) {
        if (giveUp()) {
            sink.error(Failures.unavailable(error));
        }
    }

    private boolean giveUp() {
        boolean waited = state.compareAndSet(WAITING, OVER);
        if (waited) {
            stopTheClock();
            connections.leave(this);
        }
        return waited;
    }

    private void stopTheClock() {
        Timeout running = patience;
        if (running != null) {
            running.cancel();
        }
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(PooledRef<Line> taken) {
        Loan loan = new Loan(taken, Objects.requireNonNull(share), connections, quick);
        if (opensToOthers) {
            loan.share();
        }
        begin(loan);
    }

    /** Gives it back at once if it no longer waits. */
    void begin(Loan loan) {
        if (!state.compareAndSet(WAITING, loan)) {
            loan.giveBack();
            return;
        }
        stopTheClock();
        Mono<T> answer;
        try {
            answer = work.apply(this);
        } catch (RuntimeException e) {
            answer = Mono.error(e);
        }
        answer.subscribe(new Answer(loan));
    }

    @Override
    public void onError(Throwable error) {
        if (!connections.findsAnother(Objects.requireNonNull(share), this)) {
            fail(error);
        }
    }

    @Override
    public void onComplete() {
        // The connection came before.
    }

    @Override
    public Context currentContext() {
        return Context.empty();
    }

    /** For its next statement. */
    Line line() {
        if (!(state.get() instanceof Loan loan)) {
            throw new IllegalStateException("This transaction is over");
        }
        Line line = loan.line();
        line.expectAnswerWithin(toAnswer);
        return line;
    }

    /** What its transaction has begun can't be undone but by ending the connection. */
    <V> Mono<V> lose(Throwable error) {
        LOG.debug("A transaction was not rolled back", error);
        line().sever();
        return Mono.empty();
    }

    boolean isInTransaction() {
        return inTransaction;
    }

    Turn<T> inTransaction() {
        inTransaction = true;
        return this;
    }

    void afterCommit(Runnable task) {
        afterCommit.add(task);
    }

    void committed() {
        inTransaction = false;
        afterCommit.forEach(Runnable::run);
        afterCommit.clear();
    }

    void rolledBack() {
        inTransaction = false;
        afterCommit.clear();
    }

    /** What comes of it; told when the connection has been given back. */
    private final class Answer implements CoreSubscriber<T> {
        private final Loan loan;
        /** Asked for again and again, and dear to find out. */
        private final Context context;

        private @Nullable T value;

        Answer(Loan loan) {
            this.loan = loan;
            this.context = Context.of(sink.contextView()).put(Turn.class, Turn.this);
        }

        @Override
        public Context currentContext() {
            return context;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(T answer) {
            value = answer;
        }

        @Override
        public void onComplete() {
            giveBack();
            if (value == null) {
                sink.success();
            } else {
                sink.success(value);
            }
        }

        @Override
        public void onError(Throwable error) {
            if (Failures.endedTheConnection(error)) {
                // PostgreSQL says so before it hangs up: until then somebody else would get the connection.
                loan.line().sever();
            }
            giveBack();
            if (unheard) {
                LOG.warn("A statement has failed after its client had gone: {}", Failures.reason(error));
            } else {
                sink.error(Failures.isOutage(error) ? Failures.unavailable(error) : error);
            }
        }

        private void giveBack() {
            if (state.getAndSet(OVER) == loan) {
                loan.giveBack();
            }
        }
    }
}
