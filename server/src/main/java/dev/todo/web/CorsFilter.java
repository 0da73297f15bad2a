package dev.todo.web;

import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsProcessor;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Answers preflights, and lets the pages of listed origins read the answers. Unlike Spring's own filter it leaves a
 * request from any other origin to the browser, which will not show the answer: behind a proxy the server cannot tell
 * a foreign origin from its own.
 */
final class CorsFilter implements WebFilter {
    private static final Duration ONE_HOUR = Duration.ofHours(1);

    private final CorsConfiguration configuration = new CorsConfiguration();
    private final CorsProcessor processor = new DefaultCorsProcessor();

    private final Predicate<ServerWebExchange> open;

    /** {@code open} tells what pages of any origin may read. */
    CorsFilter(CorsSettings settings, Predicate<ServerWebExchange> open) {
        this.open = open;
        configuration.setAllowedOrigins(settings.origins());
        configuration.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        configuration.setAllowedHeaders(List.of(
                "Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "X-Request-Id"));
        configuration.setExposedHeaders(List.of(
                "Content-Disposition",
                "ETag",
                "Idempotency-Replayed",
                "Location",
                "RateLimit",
                "RateLimit-Policy",
                "Retry-After",
                "X-Request-Id"));
        configuration.setMaxAge(ONE_HOUR);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (open.test(exchange)) {
            return answerAnyOrigin(exchange, chain);
        }
        String origin = request.getHeaders().getOrigin();
        boolean listed = origin != null && configuration.checkOrigin(origin) != null;
        if (!listed) {
            exchange.getResponse().getHeaders().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        }
        if (CorsUtils.isPreFlightRequest(request)) {
            return preflight(exchange, listed);
        }
        if (listed) {
            processor.process(configuration, exchange);
        }
        return chain.filter(exchange);
    }

    /** Whether the request has an origin or not: what is kept of the answer serves everybody. */
    private static Mono<Void> answerAnyOrigin(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.setAccessControlAllowOrigin(CorsConfiguration.ALL);
        if (CorsUtils.isPreFlightRequest(exchange.getRequest())) {
            headers.setAccessControlAllowMethods(List.of(HttpMethod.GET, HttpMethod.HEAD));
            headers.setAccessControlAllowHeaders(
                    List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.IF_NONE_MATCH, RequestIds.HEADER));
            headers.setAccessControlMaxAge(ONE_HOUR);
            return exchange.getResponse().setComplete();
        }
        headers.setAccessControlExposeHeaders(List.of(HttpHeaders.ETAG, RequestIds.HEADER));
        return chain.filter(exchange);
    }

    private Mono<Void> preflight(ServerWebExchange exchange, boolean listed) {
        if (!listed || !processor.process(configuration, exchange)) {
            throw Problem.of(
                    ProblemType.ORIGIN_NOT_ALLOWED,
                    "Pages of this origin may not call this server so. Its operator lists origins in CORS_ORIGINS.");
        }
        return exchange.getResponse().setComplete();
    }
}
