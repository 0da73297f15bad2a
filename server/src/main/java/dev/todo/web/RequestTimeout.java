package dev.todo.web;

import dev.todo.problem.Problem;
import java.time.Duration;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Gives up on a request after a while, so that none waits for ever. A write that has begun still completes. An answer
 * that is flushed portion by portion has that while for each of them, since it is as long as the reader is slow; and so
 * has a body that is a file, for each piece.
 */
final class RequestTimeout implements WebFilter {
    private static final String PROGRESS = RequestTimeout.class.getName();

    private final Duration limit;
    private final Mono<Void> timedOut;

    RequestTimeout(Duration limit) {
        this.limit = limit;
        this.timedOut = Mono.error(() -> Problem.unavailable(
                "The request took longer than %d ms. Look whether it took effect before you repeat it."
                        .formatted(limit.toMillis()),
                null));
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Progress progress = new Progress(exchange.getResponse());
        exchange.getAttributes().put(PROGRESS, progress);
        return chain.filter(exchange.mutate().response(progress).build()).timeout(standstill(progress), timedOut);
    }

    /** The request does not stand still, though there is nothing of an answer yet. */
    static void goesOn(ServerWebExchange exchange) {
        exchange.<Progress>getRequiredAttribute(PROGRESS).latest = System.nanoTime();
    }

    private Mono<Void> standstill(Progress progress) {
        return Mono.defer(() -> Mono.delay(Duration.ofNanos(nanosLeft(progress))))
                .repeat(() -> nanosLeft(progress) > 0)
                .then();
    }

    private long nanosLeft(Progress progress) {
        return limit.toNanos() - (System.nanoTime() - progress.latest);
    }

    /** Netty asks for a portion when the one before it has gone out. */
    private static final class Progress extends ServerHttpResponseDecorator {
        private volatile long latest = System.nanoTime();

        Progress(ServerHttpResponse response) {
            super(response);
        }

        @Override
        public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> portions) {
            return super.writeAndFlushWith(Flux.from(portions)
                    .map(portion -> Flux.from(portion).doOnSubscribe(asked -> latest = System.nanoTime())));
        }
    }
}
