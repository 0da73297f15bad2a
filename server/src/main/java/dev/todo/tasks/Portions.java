package dev.todo.tasks;

import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All that a user has of something, by id and in portions, so that it is never held as a whole. */
final class Portions {
    static final int SIZE = 200;

    private Portions() {}

    /** {@code after}: those that follow an id, {@link #SIZE} at most. */
    static <T> Flux<T> all(LongFunction<Mono<List<T>>> after, ToLongFunction<T> id) {
        return after.apply(0)
                .expand(portion -> portion.size() < SIZE
                        ? Mono.empty()
                        : after.apply(id.applyAsLong(portion.get(portion.size() - 1))))
                .concatMapIterable(portion -> portion, 1);
    }
}
