package dev.todo.accounts;

import dev.todo.problem.Problem;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Lets refusals leave on a beat, counted from when the attempt began. How long it took to refuse a login tells whether
 * there is an account, and by what its password is hashed: bcrypt and argon2id take unlike times. A check
 * that takes longer than a beat still tells by their number: of an expensive hash, or on a busy server.
 */
final class Beat {
    private static final long NANOS = Duration.ofMillis(250).toNanos();

    private final long began = now();

    <T> Mono<T> holdBack(Mono<T> attempt) {
        return attempt.onErrorResume(Problem.class, this::onTheNext);
    }

    private <T> Mono<T> onTheNext(Problem refusal) {
        Duration rest = Duration.ofNanos(NANOS - (now() - began) % NANOS);
        return Mono.delay(rest).then(Mono.error(refusal));
    }

    private static long now() {
        return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
    }
}
