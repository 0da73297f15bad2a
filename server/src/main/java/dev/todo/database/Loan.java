package dev.todo.database;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.pool.PooledRef;

/** A connection that is lent: to one turn, or to several quick ones, whose statements follow each other on it. */
final class Loan {
    private static final int MOST_TURNS = 16;
    /** A pool renews what comes back to it. */
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);

    private final PooledRef<Line> taken;
    private final Share from;
    private final Connections connections;
    private final boolean quick;
    private final long since = System.nanoTime();
    private final AtomicInteger turns = new AtomicInteger(1);

    Loan(PooledRef<Line> taken, Share from, Connections connections, boolean quick) {
        this.taken = taken;
        this.from = from;
        this.connections = connections;
        this.quick = quick;
    }

    Line line() {
        return taken.poolable();
    }

    void share() {
        from.share(this);
    }

    boolean hasRoom() {
        return hasRoom(turns.get());
    }

    private boolean hasRoom(int sharing) {
        return sharing > 0 && sharing < MOST_TURNS && System.nanoTime() - since < LONGEST && line().isOpen();
    }

    /** False where there is no room, or nobody left to share it with. */
    boolean join() {
        int sharing = turns.get();
        while (hasRoom(sharing)) {
            if (turns.compareAndSet(sharing, sharing + 1)) {
                return true;
            }
            sharing = turns.get();
        }
        return false;
    }

    /** The last one gives back the connection itself. */
    void giveBack() {
        if (turns.decrementAndGet() > 0) {
            connections.serve(from);
            return;
        }
        try {
            line().rest();
        } finally {
            taken.release().subscribe();
            connections.giveBack(from, quick);
        }
    }
}
