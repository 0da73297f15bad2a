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
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRef;
import reactor.pool.PooledRefMetadata;

/**
 * The connections to PostgreSQL, some of them on each event loop: a request is answered on the loop that it came on, and
 * wakes no other thread, unless its own connections have more to do than others.
 */
public final class Connections implements MeterBinder, AutoCloseable {
    private static final Duration TO_CONNECT = Duration.ofSeconds(15);
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final Duration LIFE = Duration.ofMinutes(30);

    private final List<InstrumentedPool<Line>> pools;
    private final AtomicInteger next = new AtomicInteger();
    private final FastThreadLocal<InstrumentedPool<Line>> own;
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
        pools = IntStream.range(0, count)
                .mapToObj(i -> pool(
                        open(factory, statementTimeout).subscribeOn(Schedulers.fromExecutor(executors.get(i))),
                        size / count + (i < size % count ? 1 : 0)))
                .toList();
        this.timer = timer;
        watch();
        own = new FastThreadLocal<>() {
            @Override
            protected InstrumentedPool<Line> initialValue() {
                int loop = IntStream.range(0, executors.size())
                        .filter(i -> executors.get(i).inEventLoop())
                        .findFirst()
                        .orElseGet(next::getAndIncrement);
                return pools.get(Math.floorMod(loop, count));
            }
        };
    }

    private InstrumentedPool<Line> pool(Mono<Line> open, int size) {
        return PoolBuilder.from(open)
                .sizeBetween(0, size)
                .maxPendingAcquireUnbounded()
                .idleResourceReuseMruOrder()
                .evictionPredicate(Connections::isOver)
                .evictInBackground(IDLE)
                .destroyHandler(line -> {
                    lines.remove(line);
                    return line.connection().close();
                })
                .buildPool();
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

    private static boolean isOver(Line line, PooledRefMetadata metadata) {
        return metadata.idleTime() > IDLE.toMillis() || metadata.lifeTime() > LIFE.toMillis() || !line.isOpen();
    }

    Mono<PooledRef<Line>> take() {
        InstrumentedPool<Line> pool = own.get();
        if (isBusy(pool)) {
            for (InstrumentedPool<Line> other : pools) {
                if (!isBusy(other)) {
                    return other.acquire();
                }
            }
        }
        return pool.acquire();
    }

    private static boolean isBusy(InstrumentedPool<Line> pool) {
        InstrumentedPool.PoolMetrics metrics = pool.metrics();
        int taken = metrics.allocatedSize() - metrics.idleSize() + metrics.pendingAcquireSize();
        return taken >= metrics.getMaxAllocatedSize();
    }

    private void watch() {
        timer.newTimeout(
                round -> {
                    lines.forEach(Line::severIfSilent);
                    if (!closed) {
                        watch();
                    }
                },
                1,
                TimeUnit.SECONDS);
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

    /** How many statements and transactions have one. */
    public int inUse() {
        return sum(InstrumentedPool.PoolMetrics::acquiredSize);
    }

    /** How many statements and transactions wait for one. */
    public int waitedFor() {
        return sum(InstrumentedPool.PoolMetrics::pendingAcquireSize);
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
        for (InstrumentedPool<Line> pool : pools) {
            sum += figure.applyAsInt(pool.metrics());
        }
        return sum;
    }

    @Override
    public void close() {
        closed = true;
        pools.forEach(InstrumentedPool::dispose);
    }
}
