package dev.todo.retries;

import static dev.todo.problem.ProblemType.IDEMPOTENCY_KEY_IN_USE;
import static dev.todo.problem.ProblemType.IDEMPOTENCY_KEY_REUSED;

import dev.todo.accounts.Accounts;
import dev.todo.auth.AccessToken;
import dev.todo.database.Cleaning;
import dev.todo.database.Database;
import dev.todo.problem.Problem;
import dev.todo.retries.AnswerStore.Kept;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/** Carries a request out once, however often it is sent: its answer is kept in the transaction of what it writes. */
@Component
public class SafeRetries implements InitializingBean, DisposableBean {
    private static final Duration KEPT = Duration.ofHours(24);

    private final AnswerStore store;
    private final Accounts accounts;
    private final Database database;
    private final InstantSource clock;
    private final Disposable.Swap cleaning = Disposables.swap();

    SafeRetries(AnswerStore store, Accounts accounts, Database database, InstantSource clock) {
        this.store = store;
        this.accounts = accounts;
        this.database = database;
        this.clock = clock;
    }

    /** The work's answer, or the one that it gave before. Work that fails leaves nothing behind, the key included. */
    public Mono<Answer> once(AccessToken token, KeyedRequest request, Mono<Answer> work) {
        return accounts.writing(token, database.transaction(Mono.defer(() -> once(request, work, clock.instant()))));
    }

    private Mono<Answer> once(KeyedRequest request, Mono<Answer> work, Instant now) {
        return store.claim(request, now, now.plus(KEPT))
                .flatMap(claimed -> claimed
                        ? work.flatMap(answer -> store.keep(request, answer).thenReturn(answer))
                        : given(request, now));
    }

    private Mono<Answer> given(KeyedRequest request, Instant now) {
        return store.find(request, now)
                .switchIfEmpty(Mono.error(SafeRetries::inUse))
                .map(kept -> ensureSame(request, kept).answer());
    }

    private static Kept ensureSame(KeyedRequest request, Kept kept) {
        if (!kept.digest().equals(request.digest())) {
            throw Problem.of(
                    IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key belongs to another request. Send a new key with each new request.");
        }
        return kept;
    }

    private static Problem inUse() {
        return Problem.of(
                        IDEMPOTENCY_KEY_IN_USE,
                        "A request with this Idempotency-Key is under way. Send it again in a second to get its answer.")
                .with("Retry-After", "1");
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
