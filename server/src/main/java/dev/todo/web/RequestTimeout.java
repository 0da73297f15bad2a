package dev.todo.web;

import dev.todo.problem.Problem;
import java.time.Duration;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Gives up on a request after a while, so that none waits for ever. A write that has begun still completes. */
final class RequestTimeout implements WebFilter {
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
        return chain.filter(exchange).timeout(limit, timedOut);
    }
}
