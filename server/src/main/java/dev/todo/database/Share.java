package dev.todo.database;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.pool.InstrumentedPool;

/**
 * The connections of one event loop, and the turns of that loop that wait for one. The pool itself is never asked for
 * more than it may have, so that nobody waits in it: from here a turn can still go to another share.
 */
final class Share {
    private static final long TO_LEAVE_POSTGRESQL_ALONE = TimeUnit.SECONDS.toNanos(1);

    private final InstrumentedPool<Line> lines;
    private final AtomicInteger free;
    private final Queue<Turn<?>> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean refused;
    private volatile long refusedAt;

    Share(InstrumentedPool<Line> lines, int size) {
        this.lines = lines;
        this.free = new AtomicInteger(size);
    }

    InstrumentedPool.PoolMetrics metrics() {
        return lines.metrics();
    }

    /** Whether a turn may have a connection now; it must then be lent to one, or given back. */
    boolean take() {
        int left = free.get();
        while (left > 0 && !free.compareAndSet(left, left - 1)) {
            left = free.get();
        }
        return left > 0;
    }

    void giveBack() {
        free.incrementAndGet();
    }

    void lendTo(Turn<?> turn) {
        turn.takeFrom(this);
        lines.acquire().subscribe(turn);
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
        waiting.add(turn);
    }

    @Nullable
    Turn<?> first() {
        return waiting.peek();
    }

    boolean remove(Turn<?> turn) {
        return waiting.remove(turn);
    }

    void close() {
        lines.dispose();
    }
}
