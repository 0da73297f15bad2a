package dev.todo.database;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Who comes next: whoever has waited longest. But where there are two connections or more, one of them is for quick turns
 * alone. Whatever all others wait for, the slow ones, such as a row that somebody has locked, these are answered.
 */
final class Precedence {
    /** By so much others must have waited longer to come before the turns of a connection's own loop. */
    private static final long HEAD_START = TimeUnit.MILLISECONDS.toNanos(20);

    private final List<Share> shares;
    private final AtomicInteger quickWaiting = new AtomicInteger();
    private final AtomicInteger slowWaiting = new AtomicInteger();
    private final Semaphore forSlow;

    Precedence(List<Share> shares, int connections) {
        this.shares = shares;
        this.forSlow = new Semaphore(Math.max(1, connections - 1));
    }

    int waiting(boolean quick) {
        return counter(quick).get();
    }

    private AtomicInteger counter(boolean quick) {
        return quick ? quickWaiting : slowWaiting;
    }

    boolean someoneIsNext() {
        return quickWaiting.get() > 0 || (slowWaiting.get() > 0 && slowHaveRoom());
    }

    /** Whether it would overtake another one. */
    boolean someoneIsBefore(Turn<?> turn) {
        return someoneIsNext() || (!turn.isQuick() && slowWaiting.get() > 0);
    }

    private boolean slowHaveRoom() {
        return roomForSlow() > 0;
    }

    int roomForSlow() {
        return forSlow.availablePermits();
    }

    /** If it has room now: to be left when the turn has ended, or does not begin. */
    boolean enter(Turn<?> turn) {
        return turn.isQuick() || forSlow.tryAcquire();
    }

    void leave(boolean quick) {
        if (!quick) {
            forSlow.release();
        }
    }

    void add(Share home, Turn<?> turn) {
        counter(turn.isQuick()).incrementAndGet();
        turn.queueAt(home);
    }

    /** Has it wait no longer; false if it did not. */
    boolean remove(Turn<?> turn) {
        Share queued = turn.share();
        boolean removed = queued != null && queued.remove(turn);
        if (removed) {
            counter(turn.isQuick()).decrementAndGet();
        }
        return removed;
    }

    /** Who has entered, and waits no longer. */
    @Nullable
    Turn<?> next(Share share) {
        for (Turn<?> first = first(share); first != null; first = first(share)) {
            if (enter(first)) {
                if (remove(first) && first.isWaiting()) {
                    return first;
                }
                leave(first.isQuick());
            }
        }
        return null;
    }

    /** Who comes next: one of the share itself, unless others have waited much longer. */
    @Nullable
    Turn<?> first(Share share) {
        boolean slowToo = slowHaveRoom();
        Turn<?> first = share.first(slowToo);
        for (Share other : shares) {
            Turn<?> theirs = other.first(slowToo);
            if (theirs != null && (first == null || theirs.hasWaitedLongerThan(first, HEAD_START))) {
                first = theirs;
            }
        }
        return first;
    }
}
