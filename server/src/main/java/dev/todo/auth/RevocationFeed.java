package dev.todo.auth;

import dev.todo.auth.RevocationStore.Noticed;
import dev.todo.auth.Revocations.Revoked;
import dev.todo.database.Cleaning;
import dev.todo.database.Database;
import dev.todo.database.Notifications;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Revokes on every server: writes to the table, which tells all servers by NOTIFY, and reads there what others have
 * written. It reads every few seconds in any case, for a notification that got lost on the way: a pooler in front of
 * PostgreSQL may swallow them all.
 */
@Component
public class RevocationFeed implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(RevocationFeed.class);
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(5);
    /** Some three seconds in all, until it is time to look anyway. */
    private static final Retry SOON =
            Retry.backoff(5, Duration.ofMillis(100)).onRetryExhaustedThrow((retry, last) -> last.failure());

    /** Transactions that commit late have an earlier time than some that were seen before. */
    private static final Duration LATE = Duration.ofMinutes(1);
    /** Longer than any token of another issuer should live. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(30);

    private static final Duration AS_GOOD_AS_EVER = Duration.ofDays(3650);
    private static final int MOST_AHEAD = 60;

    private final RevocationStore store;
    private final Revocations revocations;
    private final Notifications notifications;
    private final Database database;
    private final InstantSource clock;
    private volatile Disposable running = Disposables.disposed();
    private volatile Instant seen = Instant.EPOCH;

    RevocationFeed(
            RevocationStore store,
            Revocations revocations,
            Notifications notifications,
            Database database,
            InstantSource clock) {
        this.store = store;
        this.revocations = revocations;
        this.notifications = notifications;
        this.database = database;
        this.clock = clock;
    }

    /** The tokens of these sessions, until the last of them would have expired. */
    public Mono<Void> revokeSessions(List<String> sessions) {
        return sessions.isEmpty() ? Mono.empty() : revoke(sessions, now(), now().plus(OwnTokens.LIFETIME));
    }

    /** This token and no other, until it would have expired, within reason. */
    public Mono<Void> revoke(AccessToken token) {
        long latest = now().plus(AS_GOOD_AS_EVER).getEpochSecond();
        return revoke(List.of(token.id()), now(), Instant.ofEpochSecond(Math.min(token.expiry(), latest)));
    }

    /**
     * All tokens that the other issuer has given the user of this one so far; its clock may be ahead. Tokens of our own
     * end with their sessions, and nothing is kept on their user that would outlive the account.
     */
    public Mono<Void> revokeAllOf(AccessToken token) {
        if (token.session() != null) {
            return Mono.empty();
        }
        long now = now().getEpochSecond();
        Instant until = Instant.ofEpochSecond(Math.max(now, Math.min(token.issuedAt(), now + MOST_AHEAD)));
        return revoke(List.of(Revocations.idOfUser(token.caller().userId())), until, now().plus(LONGEST_LIFE));
    }

    private Mono<Void> revoke(List<String> ids, Instant until, Instant expiry) {
        return Mono.defer(() -> store.insert(ids, until, expiry))
                .then(database.afterCommit(() -> ids.forEach(id -> revocations.add(new Revoked(id, until, expiry)))));
    }

    /** The server takes no requests before the table has been read: tokens could be neither trusted nor refused. */
    @Override
    public void start() {
        noted(look()).toFuture().join();
        running = Disposables.composite(
                Flux.merge(notifications.on(RevocationStore.CHANNEL), Flux.interval(AT_LEAST_EVERY))
                        .onBackpressureLatest()
                        .concatMap(signal -> noted(look().retryWhen(SOON)), 1)
                        .subscribe(),
                Cleaning.by(() -> store.deleteExpired(now())));
    }

    private Mono<Void> look() {
        return Mono.defer(() -> store.since(seen.minus(LATE), now()))
                .doOnNext(this::take)
                .then();
    }

    private static Mono<Void> noted(Mono<Void> look) {
        return look.onErrorResume(error -> {
            LOG.warn("What has been revoked cannot be read: {}", error.toString());
            return Mono.empty();
        });
    }

    private void take(List<Noticed> news) {
        news.forEach(noticed -> {
            revocations.add(noticed.revoked());
            if (noticed.at().isAfter(seen)) {
                seen = noticed.at();
            }
        });
        revocations.forget(now());
        revocations.areKnown();
    }

    private Instant now() {
        return clock.instant();
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }

    /** Before requests come and until none is left, and while there are still threads for its connection. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
    }
}
