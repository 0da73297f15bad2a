package dev.todo.accounts;

import dev.todo.accounts.SessionStore.Spent;
import dev.todo.auth.AccessToken;
import dev.todo.auth.OwnTokens;
import dev.todo.auth.RevocationFeed;
import dev.todo.database.Cleaning;
import dev.todo.database.Database;
import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/** Sessions from the first token to the last. What ends a session makes its access tokens useless at once. */
@Component
public class Sessions implements InitializingBean, DisposableBean {
    private static final Logger SECURITY = LoggerFactory.getLogger("security");
    /** Two tabs of one browser may refresh at once with the same token. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final SessionStore store;
    private final AccountStore accounts;
    private final OwnTokens tokens;
    private final RevocationFeed revocations;
    private final Database database;
    private final InstantSource clock;
    private final Disposable.Swap cleaning = Disposables.swap();

    Sessions(
            SessionStore store,
            AccountStore accounts,
            OwnTokens tokens,
            RevocationFeed revocations,
            Database database,
            InstantSource clock) {
        this.store = store;
        this.accounts = accounts;
        this.tokens = tokens;
        this.revocations = revocations;
        this.database = database;
        this.clock = clock;
    }

    /** To be called within a transaction that has locked the account. */
    Mono<SignedIn> begin(Account account, Device device) {
        Session session = Session.begin(account.userId(), device, clock.instant());
        return store.insert(session)
                .then(Mono.defer(() -> store.deleteBeyond(account.userId(), Session.MOST)))
                .flatMap(revocations::revokeSessions)
                .then(Mono.defer(() -> tokens(account, session)));
    }

    public Mono<SignedIn> refresh(String refreshToken, Device device) {
        Instant now = clock.instant();
        return database.transaction(store.userOf(refreshToken)
                        .flatMap(user -> accounts.lock(user, null))
                        .flatMap(account -> refresh(account, refreshToken, device, now)))
                .switchIfEmpty(Mono.error(Sessions::invalid));
    }

    private Mono<SignedIn> refresh(Account account, String refreshToken, Device device, Instant now) {
        return store.spend(refreshToken, now)
                .flatMap(spent -> spent.usedAt().isBefore(now.minus(GRACE))
                        ? endFor(spent, device)
                        : store.prolong(spent, device, now).flatMap(session -> tokens(account, session)));
    }

    /** Empty, so that what was done is kept: somebody has a copy of the token. */
    private Mono<SignedIn> endFor(Spent spent, Device device) {
        SECURITY.warn(
                "A spent refresh token has come back: session {} of user {} ends, address={}",
                spent.sessionId(),
                spent.userId(),
                device.address());
        return store.delete(spent.userId(), spent.sessionId())
                .then(revocations.revokeSessions(List.of(spent.sessionId())))
                .then(Mono.empty());
    }

    private Mono<SignedIn> tokens(Account account, Session session) {
        String refreshToken = Secrets.token();
        return store.insertToken(refreshToken, session, clock.instant())
                .then(Mono.fromSupplier(
                        () -> new SignedIn(account, tokens.issue(account.userId(), session.id()), refreshToken)));
    }

    public Mono<List<Session>> list(String userId) {
        return store.list(userId, clock.instant());
    }

    /** Ends the session of this token; a token that belongs to none here is revoked by itself. */
    public Mono<Void> logOut(AccessToken token) {
        return whileLocked(
                token.caller().userId(),
                Mono.justOrEmpty(token.session())
                        .flatMap(session -> store.delete(token.caller().userId(), session))
                        .flatMap(ended -> revocations.revokeSessions(List.of(ended)))
                        .then(revocations.revoke(token)));
    }

    public Mono<Void> logOutEverywhere(AccessToken token) {
        String userId = token.caller().userId();
        return whileLocked(
                userId, endAllBut(userId, "").then(revocations.revoke(token)).then(revocations.revokeAllOf(token)));
    }

    public Mono<Void> end(String userId, String id) {
        return whileLocked(
                userId,
                store.delete(userId, id)
                        .switchIfEmpty(Mono.error(() -> Problem.of(ProblemType.NOT_FOUND, "There is no such session.")))
                        .flatMap(ended -> revocations.revokeSessions(List.of(ended))));
    }

    /** To be called within a transaction that has locked the account. */
    Mono<Void> endAllBut(String userId, String kept) {
        return store.deleteAllBut(userId, kept).flatMap(revocations::revokeSessions);
    }

    /** A user of another issuer may have no account to lock, but then has no sessions either. */
    private Mono<Void> whileLocked(String userId, Mono<Void> work) {
        return database.transaction(accounts.lock(userId, null).then(work));
    }

    private static Problem invalid() {
        return Problem.of(ProblemType.INVALID_REFRESH_TOKEN, "The refresh token is not valid any more. Log in again.")
                .with("WWW-Authenticate", "Bearer");
    }

    @Override
    public void afterPropertiesSet() {
        cleaning.update(Cleaning.by(() -> store.deleteExpired(clock.instant())));
    }

    @Override
    public void destroy() {
        cleaning.dispose();
    }
}
