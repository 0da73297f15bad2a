package dev.todo.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.netty.util.Timer;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;
import reactor.pool.InstrumentedPool;

/**
 * The connections to PostgreSQL, some of them on each event loop: a request is answered on the loop that it came on, and
 * wakes no other thread, unless the connections of its own loop have more to do than others, or PostgreSQL has granted
 * none.
 */
public final class Connections implements MeterBinder, AutoCloseable {
    private static final Duration TO_CONNECT = Duration.ofSeconds(15);

    private final List<Share> shares;
    private final AtomicInteger next = new AtomicInteger();
    private final FastThreadLocal<Share> own;
    private final Precedence precedence;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final Timer timer;
    private volatile boolean closed;

    Connections(
            PostgresqlConnectionConfiguration configuration,
            Duration statementTimeout,
            LoopResources loops,
            int size,
            Timer timer) {
        PostgresqlConnectionFactory factory = new PostgresqlConnectionFactory(configuration);
        List<EventExecutor> executors =
                StreamSupport.stream(loops.onServer(true).spliterator(), false).toList();
        int count = Math.min(size, executors.size());
        shares = IntStream.range(0, count)
                .mapToObj(i -> new Share(
                        open(factory, statementTimeout).subscribeOn(Schedulers.fromExecutor(executors.get(i))),
                        executors.get(i),
                        size / count + (i < size % count ? 1 : 0),
                        lines::remove))
                .toList();
        precedence = new Precedence(shares, size);
        this.timer = timer;
        watch();
        own = new FastThreadLocal<>() {
            @Override
            protected Share initialValue() {
                int loop = IntStream.range(0, executors.size())
                        .filter(i -> executors.get(i).inEventLoop())
                        .findFirst()
                        .orElseGet(next::getAndIncrement);
                return shares.get(Math.floorMod(loop, count));
            }
        };
    }

    /** Sets the time-out by a statement: a pooler in front of PostgreSQL refuses it among the start-up parameters. */
    private Mono<Line> open(PostgresqlConnectionFactory factory, Duration statementTimeout) {
        return factory.create()
                .flatMap(connection -> connection
                        .setStatementTimeout(statementTimeout)
                        .thenReturn(new Line(connection))
                        .onErrorResume(error -> connection.close().then(Mono.error(error))))
                .timeout(TO_CONNECT)
                .doOnNext(lines::add);
    }

    /** Lends it a connection, now or when there is one. */
    void lendTo(Turn<?> turn) {
        Share home = own.get();
        if (!precedence.someoneIsBefore(turn)) {
            if (lend(home, turn)) {
                return;
            }
            for (Share other : shares) {
                if (lend(other, turn)) {
                    return;
                }
            }
        }
        queue(home, turn);
    }

    private boolean lend(Share share, Turn<?> turn) {
        Loan joined = turn.isQuick() ? share.join() : null;
        if (joined != null) {
            turn.begin(joined);
            return true;
        }
        if (!isWorthATry(share) || !precedence.enter(turn)) {
            return false;
        }
        boolean lends = share.take();
        if (lends) {
            share.lendTo(turn);
        } else {
            precedence.leave(turn.isQuick());
        }
        return lends;
    }

    private boolean isWorthATry(Share share) {
        return !share.wouldBeRefused() || lines.isEmpty();
    }

    private void queue(Share home, Turn<?> turn) {
        precedence.add(home, turn);
        // One may have come back in between.
        shares.forEach(this::serve);
    }

    void leave(Turn<?> turn) {
        precedence.remove(turn);
    }

    void giveBack(Share share, boolean quick) {
        precedence.leave(quick);
        share.giveBack();
        serve(share);
        if (!quick) {
            // The next slow one may have waited beside a connection of another share.
            shares.forEach(this::serve);
        }
    }

    void serve(Share share) {
        joinThoseNext(share);
        while (precedence.someoneIsNext() && isWorthATry(share) && share.take()) {
            Turn<?> turn = precedence.next(share);
            if (turn == null) {
                // Whoever has begun to wait since then has found nothing to take: so look again.
                share.giveBack();
            } else {
                share.lendTo(turn);
                joinThoseNext(share);
            }
        }
    }

    /** Quick turns, until another one is first: nobody is overtaken that could begin. */
    private void joinThoseNext(Share share) {
        while (precedence.waiting(true) > 0) {
            Turn<?> first = precedence.first(share);
            if (first == null || !first.isQuick()) {
                return;
            }
            Loan loan = share.join();
            if (loan == null) {
                return;
            }
            if (precedence.remove(first)) {
                first.begin(loan);
            } else {
                loan.giveBack();
            }
        }
    }

    /** PostgreSQL has granted no connection, or none in time: if it has granted others, the turn waits for one of those. */
    boolean findsAnother(Share share, Turn<?> turn) {
        share.refused();
        precedence.leave(turn.isQuick());
        share.giveBack();
        boolean others = !closed && !lines.isEmpty() && turn.isWaiting();
        if (others) {
            queue(share, turn);
        } else if (!closed) {
            // Whoever has waited for what has not come.
            shares.forEach(this::serve);
        }
        return others;
    }

    /** Not on the one thread of the timer, which others need. */
    private void watch() {
        timer.newTimeout(round -> Schedulers.parallel().schedule(this::look), 1, TimeUnit.SECONDS);
    }

    private void look() {
        if (!closed) {
            watch();
            lines.forEach(Line::severIfSilent);
            shares.forEach(this::serve);
        }
    }

    /** By the names that Spring Boot gives them for r2dbc-pool. */
    @Override
    public void bindTo(MeterRegistry meters) {
        gauge("acquired", Connections::inUse, meters);
        gauge("pending", Connections::waitedFor, meters);
        gauge("idle", Connections::idle, meters);
        gauge("allocated", Connections::open, meters);
        gauge("max.allocated", Connections::most, meters);
    }

    private void gauge(String name, ToDoubleFunction<Connections> figure, MeterRegistry meters) {
        Gauge.builder("r2dbc.pool." + name, this, figure)
                .tag("name", "connectionPool")
                .register(meters);
    }

    /** How many are in use. */
    public int inUse() {
        return sum(InstrumentedPool.PoolMetrics::acquiredSize);
    }

    /** How many statements and transactions wait for one. */
    public int waitedFor() {
        return waiting(true) + waiting(false) + sum(InstrumentedPool.PoolMetrics::pendingAcquireSize);
    }

    int roomForSlow() {
        return precedence.roomForSlow();
    }

    int waiting(boolean quick) {
        return precedence.waiting(quick);
    }

    /** How many there are, in use or not. */
    public int open() {
        return sum(InstrumentedPool.PoolMetrics::allocatedSize);
    }

    public int idle() {
        return sum(InstrumentedPool.PoolMetrics::idleSize);
    }

    /** How many there can be. */
    public int most() {
        return sum(InstrumentedPool.PoolMetrics::getMaxAllocatedSize);
    }

    private int sum(ToIntFunction<InstrumentedPool.PoolMetrics> figure) {
        int sum = 0;
        for (Share share : shares) {
            sum += figure.applyAsInt(share.metrics());
        }
        return sum;
    }

    @Override
    public void close() {
        closed = true;
        shares.forEach(Share::close);
        for (Share share : shares) {
            for (Turn<?> turn = share.first(true); turn != null; turn = share.first(true)) {
                leave(turn);
                turn.fail(null);
            }
        }
    }
}
