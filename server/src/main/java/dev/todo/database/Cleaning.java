package dev.todo.database;

import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Deletes what has expired, now and then, on every server; what fails is due again the next time. */
public final class Cleaning {
    private static final Duration EVERY = Duration.ofMinutes(10);

    private Cleaning() {}

    public static Disposable by(Supplier<Mono<Long>> deletion) {
        return Flux.interval(EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> Mono.defer(deletion).onErrorComplete(), 1)
                .subscribe();
    }
}
