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
import org.jspecify.annotations.Nullable;
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

    /** By so much others must have waited longer to come before the turns of a connection's own loop. */
    private static final long HEAD_START = TimeUnit.MILLISECONDS.toNanos(20);

    private final List<Share> shares;
    private final AtomicInteger next = new AtomicInteger();
    private final FastThreadLocal<Share> own;
    private final AtomicInteger waiting = new AtomicInteger();
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
        if (waiting.get() == 0) {
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
        boolean lends = isWorthATry(share) && share.take();
        if (lends) {
            share.lendTo(turn);
        }
        return lends;
    }

    private boolean isWorthATry(Share share) {
        return !share.wouldBeRefused() || lines.isEmpty();
    }

    private void queue(Share home, Turn<?> turn) {
        waiting.incrementAndGet();
        turn.queueAt(home);
        // One may have come back in between.
        shares.forEach(this::serve);
    }

    /** Whether it was still there. */
    boolean leave(Share share, Turn<?> turn) {
        boolean left = share.remove(turn);
        if (left) {
            waiting.decrementAndGet();
        }
        return left;
    }

    void giveBack(Share share) {
        share.giveBack();
        serve(share);
    }

    void serve(Share share) {
        joinThoseFirst(share);
        while (waiting.get() > 0 && isWorthATry(share) && share.take()) {
            Turn<?> turn = first(share);
            if (turn == null) {
                // Whoever has begun to wait since then has found nothing to take: so look again.
                share.giveBack();
            } else {
                share.lendTo(turn);
                joinThoseFirst(share);
            }
        }
    }

    /** Quick turns, until another one is first: nobody is overtaken. */
    private void joinThoseFirst(Share share) {
        while (waiting.get() > 0) {
            Share of = whoseFirst(share);
            Turn<?> first = of.first();
            if (first == null || !first.isQuick()) {
                return;
            }
            Loan loan = share.join();
            if (loan == null) {
                return;
            }
            if (leave(of, first)) {
                first.begin(loan);
            } else {
                loan.giveBack();
            }
        }
    }

    /** Who comes next, no longer waiting. */
    private @Nullable Turn<?> first(Share share) {
        while (true) {
            Share of = whoseFirst(share);
            Turn<?> first = of.first();
            if (first == null) {
                return null;
            }
            if (leave(of, first) && first.isWaiting()) {
                return first;
            }
        }
    }

    /** Where the one waits that comes next: at the share itself, unless others have waited much longer. */
    private Share whoseFirst(Share share) {
        Share of = share;
        Turn<?> first = share.first();
        for (Share other : shares) {
            Turn<?> theirs = other.first();
            if (theirs != null && (first == null || theirs.hasWaitedLongerThan(first, HEAD_START))) {
                of = other;
                first = theirs;
            }
        }
        return of;
    }

    /** PostgreSQL has granted no connection, or none in time: if it has granted others, the turn waits for one of those. */
    boolean findsAnother(Share share, Turn<?> turn) {
        share.refused();
        share.giveBack();
        boolean others = !closed && !lines.isEmpty() && turn.isWaiting();
        if (others) {
            queue(share, turn);
        } else if (!closed) {
            // Whoever has waited for what has not come.
            serve(share);
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
        return waiting.get() + sum(InstrumentedPool.PoolMetrics::pendingAcquireSize);
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
        for (Turn<?> turn = first(shares.get(0)); turn != null; turn = first(shares.get(0))) {
            turn.fail(null);
        }
    }
}
