package dev.todo.web;

import dev.todo.auth.web.AuthenticationFilter;
import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Counts the requests under /api/ of each user, or of each address; tells how many are left, and refuses the others. */
final class RateLimitFilter implements WebFilter {
    /** What is left, and of what: draft-ietf-httpapi-ratelimit-headers. */
    static final String LEFT = "RateLimit";

    static final String POLICY = "RateLimit-Policy";

    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    private final Map<RequestKind, Counter> counters = new EnumMap<>(RequestKind.class);
    private final Function<ServerWebExchange, @Nullable String> key;

    private record Counter(String name, String policy, String left, Buckets buckets) {
        static Counter of(RateLimit limit, Buckets buckets) {
            String item = "\"" + limit.name() + "\"";
            String policy =
                    item + ";q=" + limit.count() + ";w=" + limit.window().toSeconds();
            return new Counter(limit.name(), policy, item + ";r=", buckets);
        }
    }

    /** {@code key} tells whose request it is; nobody's is not counted. */
    RateLimitFilter(
            Map<RequestKind, RateLimit> limits,
            Function<RateLimit, Buckets> buckets,
            Function<ServerWebExchange, @Nullable String> key) {
        limits.forEach((kind, limit) -> counters.put(kind, Counter.of(limit, buckets.apply(limit))));
        this.key = key;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        RequestKind kind = RequestKind.of(exchange.getRequest());
        Counter counter = kind == null ? null : counters.get(kind);
        String owner = counter == null ? null : key.apply(exchange);
        if (counter == null || owner == null) {
            return chain.filter(exchange);
        }
        return counter.buckets.draw(owner).flatMap(draw -> judge(draw, counter, exchange, chain));
    }

    private static Mono<Void> judge(
            Buckets.Draw draw, Counter counter, ServerWebExchange exchange, WebFilterChain chain) {
        // A refusal must not point to an instant at which there is still nothing left.
        long seconds = (draw.nanosUntilFull() + NANOS - 1) / NANOS;
        HttpHeaders headers = exchange.getResponse().getHeaders();
        prepend(headers, POLICY, counter.policy);
        prepend(headers, LEFT, counter.left + draw.left() + ";t=" + seconds);
        if (draw.granted()) {
            return chain.filter(exchange);
        }
        exchange.getAttributes().put(AuthenticationFilter.REASON, counter.name);
        return Mono.error(Problem.of(
                        ProblemType.TOO_MANY_REQUESTS,
                        "There have been too many requests. Try again in %d s; RateLimit-Policy says how many are allowed."
                                .formatted(seconds))
                .with(HttpHeaders.RETRY_AFTER, Long.toString(seconds)));
    }

    private static void prepend(HttpHeaders headers, String name, String item) {
        String others = headers.getFirst(name);
        headers.set(name, others == null ? item : item + ", " + others);
    }
}
