package dev.todo.client;

import java.util.concurrent.atomic.AtomicInteger;

/** How many repetitions all calls of a client have left, in tenths. */
final class RetryBudget {
    static final int CAPACITY = 500;
    private static final int COST = 10;

    private final AtomicInteger left = new AtomicInteger(CAPACITY);

    boolean take() {
        return left.getAndUpdate(tenths -> tenths >= COST ? tenths - COST : tenths) >= COST;
    }

    void success() {
        if (left.get() < CAPACITY) {
            left.updateAndGet(tenths -> Math.min(CAPACITY, tenths + 1));
        }
    }
}
