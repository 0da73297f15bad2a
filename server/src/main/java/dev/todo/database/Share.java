package dev.todo.database;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRefMetadata;

/**
 * The connections of one event loop, and the turns of that loop that wait for one. The pool itself is never asked for
 * more than it may have, so that nobody waits in it: from here a turn can still go to another share.
 */
final class Share {
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final Duration LIFE = Duration.ofMinutes(30);
    private static final long TO_LEAVE_POSTGRESQL_ALONE = TimeUnit.SECONDS.toNanos(1);

    private final InstrumentedPool<Line> lines;
    private final EventExecutor loop;
    private final Semaphore free;
    private final Queue<Turn<?>> quick = new ConcurrentLinkedQueue<>();
    private final Queue<Turn<?>> slow = new ConcurrentLinkedQueue<>();
    /** What quick turns share, as long as it has room. */
    private volatile @Nullable Loan shared;

    private volatile boolean refused;
    private volatile long refusedAt;

    Share(Mono<Line> open, EventExecutor loop, int size, Consumer<Line> closed) {
        this.lines = PoolBuilder.from(open)
                .sizeBetween(0, size)
                .maxPendingAcquireUnbounded()
                .idleResourceReuseMruOrder()
                .evictionPredicate(Share::isOver)
                .evictInBackground(IDLE)
                .destroyHandler(line -> {
                    closed.accept(line);
                    return line.connection().close();
                })
                .buildPool();
        this.loop = loop;
        this.free = new Semaphore(size);
    }

    private static boolean isOver(Line line, PooledRefMetadata metadata) {
        return metadata.idleTime() > IDLE.toMillis() || metadata.lifeTime() > LIFE.toMillis() || !line.isOpen();
    }

    InstrumentedPool.PoolMetrics metrics() {
        return lines.metrics();
    }

    /** Whether a turn may have a connection now; it must then be lent to one, or given back. */
    boolean take() {
        return free.tryAcquire();
    }

    void giveBack() {
        free.release();
    }

    void lendTo(Turn<?> turn) {
        turn.takeFrom(this, loop.inEventLoop());
        lines.acquire().subscribe(turn);
    }

    /** Has quick turns of the loop join this one from here on. */
    void share(Loan loan) {
        Loan before = shared;
        if (loop.inEventLoop() && (before == null || !before.hasRoom())) {
            loan.line().share(loop);
            shared = loan;
        }
    }

    /** A place beside other quick turns, to be given back. */
    @Nullable
    Loan join() {
        Loan loan = shared;
        return loan != null && loop.inEventLoop() && loan.join() ? loan : null;
    }

    /** PostgreSQL has refused a connection. It is not asked for another one at once if there are some elsewhere. */
    void refused() {
        refusedAt = System.nanoTime();
        refused = true;
    }

    boolean wouldBeRefused() {
        return refused
                && System.nanoTime() - refusedAt < TO_LEAVE_POSTGRESQL_ALONE
                && metrics().idleSize() == 0;
    }

    void add(Turn<?> turn) {
        queueOf(turn).add(turn);
    }

    /** Who has waited longest, or longest of the quick ones. */
    @Nullable
    Turn<?> first(boolean slowToo) {
        Turn<?> first = quick.peek();
        Turn<?> other = slowToo ? slow.peek() : null;
        return first == null || (other != null && other.hasWaitedLongerThan(first, 0)) ? other : first;
    }

    boolean remove(Turn<?> turn) {
        return queueOf(turn).remove(turn);
    }

    private Queue<Turn<?>> queueOf(Turn<?> turn) {
        return turn.isQuick() ? quick : slow;
    }

    void close() {
        lines.dispose();
    }
}
