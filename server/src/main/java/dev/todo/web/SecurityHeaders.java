package dev.todo.web;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Tells browsers, on every answer, to neither guess, frame, leak nor keep what is private. */
final class SecurityHeaders implements WebFilter {
    private static final String TWO_YEARS = "max-age=63072000; includeSubDomains";

    /** Netty copies its own headers without looking at each name and value again. */
    private final HttpHeaders values = new DefaultHttpHeaders();

    SecurityHeaders(boolean production) {
        values.add("X-Content-Type-Options", "nosniff");
        values.add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        values.add("Referrer-Policy", "no-referrer");
        values.add(HttpHeaderNames.CACHE_CONTROL, "no-store");
        if (production) {
            values.add("Strict-Transport-Security", TWO_YEARS);
        }
    }

    /** For answers that are made before any filter. */
    HttpHeaders values() {
        return values;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        SentResponse.of(exchange).netty().responseHeaders().add(values);
        return chain.filter(exchange);
    }
}
