package dev.todo.web;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Tells browsers, on every answer, to neither guess, frame, leak nor keep what is private. */
final class SecurityHeaders implements WebFilter {
    private static final String TWO_YEARS = "max-age=63072000; includeSubDomains";

    private final boolean production;

    SecurityHeaders(boolean production) {
        this.production = production;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        if (production) {
            headers.set("Strict-Transport-Security", TWO_YEARS);
        }
        return chain.filter(exchange);
    }
}
