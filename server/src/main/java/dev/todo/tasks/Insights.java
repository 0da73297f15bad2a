package dev.todo.tasks;

import java.time.InstantSource;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What a user can learn from all tasks together, as of now. */
@Component
public class Insights {
    private final StatsStore store;
    private final InstantSource clock;

    Insights(StatsStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    public Mono<TaskStats> of(String userId) {
        return store.stats(userId, clock.instant());
    }
}
