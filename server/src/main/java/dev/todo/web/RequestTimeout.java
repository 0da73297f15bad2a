package dev.todo.web;

import dev.todo.problem.Problem;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/**
 * Gives up on a request after a while, so that none waits for ever. A write that has begun still completes. An answer
 * that is flushed portion by portion has that while for each of them, since it is as long as the reader is slow; and so
 * has a body that is a file, for each piece.
 */
final class RequestTimeout implements WebFilter {
    private final Duration limit;
    private final Timer timer;
    private final Mono<Void> timedOut;

    RequestTimeout(Duration limit, Timer timer) {
        this.limit = limit;
        this.timer = timer;
        this.timedOut = Mono.error(() -> Problem.unavailable(
                "The request took longer than %d ms. Look whether it took effect before you repeat it."
                        .formatted(limit.toMillis()),
                null));
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        SentResponse response = SentResponse.of(exchange);
        return chain.filter(exchange).timeout(standstill(response), timedOut);
    }

    /** The request does not stand still, though there is nothing of an answer yet. */
    static void goesOn(ServerWebExchange exchange) {
        SentResponse.of(exchange).goesOn();
    }

    private Mono<Void> standstill(SentResponse response) {
        return Mono.create(sink -> {
            Disposable.Swap look = Disposables.swap();
            sink.onDispose(look);
            lookLater(response, look, sink);
        });
    }

    private void lookLater(SentResponse response, Disposable.Swap look, MonoSink<Void> standstill) {
        Timeout next =
                timer.newTimeout(now -> look(response, look, standstill), nanosLeft(response), TimeUnit.NANOSECONDS);
        look.update(next::cancel);
    }

    /** What follows is not for the one thread of the timer. */
    private void look(SentResponse response, Disposable.Swap look, MonoSink<Void> standstill) {
        if (nanosLeft(response) > 0) {
            lookLater(response, look, standstill);
        } else {
            Schedulers.parallel().schedule(standstill::success);
        }
    }

    private long nanosLeft(SentResponse response) {
        return limit.toNanos() - (System.nanoTime() - response.latestProgress());
    }
}
