package dev.todo.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Tells browsers, on every answer, to neither guess, frame, leak nor keep what is private. */
final class SecurityHeaders implements WebFilter {
    private static final String TWO_YEARS = "max-age=63072000; includeSubDomains";

    private final Map<String, String> values = new LinkedHashMap<>();

    SecurityHeaders(boolean production) {
        values.put("X-Content-Type-Options", "nosniff");
        values.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        values.put("Referrer-Policy", "no-referrer");
        values.put(HttpHeaders.CACHE_CONTROL, "no-store");
        if (production) {
            values.put("Strict-Transport-Security", TWO_YEARS);
        }
    }

    /** For answers that are made before any filter. */
    Map<String, String> values() {
        return values;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        values.forEach(exchange.getResponse().getHeaders()::set);
        return chain.filter(exchange);
    }
}
