package dev.todo.web;

import reactor.core.publisher.Mono;

/** What is left of one limit for each user or address: kept in this process or, some day, where several servers share it. */
interface Buckets {
    /** Takes one request out of the bucket with this key, if there is one left: one for each call. */
    Mono<Draw> draw(String key);

    /** Whether there was one left, how many there are now, and when the bucket is full again. */
    record Draw(boolean granted, long left, long nanosUntilFull) {}
}
