package dev.todo.tasks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Objects;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What a user can learn from all tasks together, as of now. */
@Component
public class Insights {
    private static final String USUAL = "UTC";
    private static final int MOST = 10_000;

    /** Where users were when they last asked, if that is not where most are. */
    private final Cache<String, String> zones = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(Duration.ofDays(1))
            .build();

    private final StatsStore store;
    private final InstantSource clock;

    Insights(StatsStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    public Mono<TaskStats> of(String userId) {
        return of(userId, Objects.requireNonNullElse(zones.getIfPresent(userId), USUAL));
    }

    /** Reckons in the zone where the user probably is, and again if the answer is that it is another. */
    private Mono<TaskStats> of(String userId, String zone) {
        return store.stats(userId, ZoneId.of(zone), clock.instant())
                .flatMap(stats -> stats.timeZone().equals(zone)
                        ? Mono.just(stats)
                        : of(userId, remembered(userId, stats.timeZone())));
    }

    private String remembered(String userId, String zone) {
        zones.put(userId, zone);
        return zone;
    }
}
