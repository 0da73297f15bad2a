package dev.todo.client;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What is to happen later, mostly never: the end of calls that take too long. The thread behind is woken by each alarm
 * that is the earliest, which that of a lone call always would be; while there are calls, a tick is earlier.
 */
final class Alarms {
    private static final long TICK_MILLIS = 200;

    private final ScheduledThreadPoolExecutor clock;
    private final AtomicBoolean ticking = new AtomicBoolean();
    private volatile boolean used;

    Alarms() {
        clock = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "todo-client-timer");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
    }

    /** The thread behind only starts what is to be done: it must never wait for anybody. */
    ScheduledFuture<?> after(Duration delay, Runnable work) {
        used = true;
        if (!ticking.get() && ticking.compareAndSet(false, true)) {
            tick();
        }
        return clock.schedule(work, TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
    }

    /** Ends once there has been no call for as long. */
    @SuppressWarnings("FutureReturnValueIgnored") // It is never cancelled.
    private void tick() {
        used = false;
        clock.schedule(
                () -> {
                    if (used) {
                        tick();
                    } else {
                        ticking.set(false);
                    }
                },
                TICK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    void close() {
        clock.shutdownNow();
    }
}
