package dev.todo.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.auth.web.ClientAddress;
import dev.todo.auth.web.ClientAddresses;
import dev.todo.auth.web.ProxySettings;
import dev.todo.problem.Problem;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class RateLimitFilterTest {
    private final AtomicLong nanos = new AtomicLong();
    private final ClientAddresses addresses = new ClientAddresses(new ProxySettings(List.of("192.0.2.1")));
    private final RateLimitFilter filter = new RateLimitFilter(
            Map.of(RequestKind.READS, new RateLimit("address-reads", 1, Duration.ofSeconds(10))),
            limit -> new LocalBuckets(limit, nanos::get),
            exchange -> ClientAddress.of(exchange).network());

    @Test
    void aForgedAddressOfAnUntrustedPeerIsIgnored() {
        assertThat(refused("198.51.100.1", "203.0.113.1")).isFalse();
        assertThat(refused("198.51.100.1", "203.0.113.2")).isTrue();
        assertThat(refused("198.51.100.2", "203.0.113.2")).isFalse();
    }

    @Test
    void aTrustedProxySpeaksForItsClients() {
        assertThat(refused("192.0.2.1", "203.0.113.1")).isFalse();
        assertThat(refused("192.0.2.1", "203.0.113.2")).isFalse();
        assertThat(refused("192.0.2.1", "203.0.113.1")).isTrue();
        assertThat(refused("203.0.113.1", "203.0.113.9")).isTrue();
    }

    @Test
    void theWaitIsRoundedUp() {
        refused("198.51.100.1", "");
        nanos.addAndGet(1);
        MockServerWebExchange exchange = exchange("198.51.100.1", "");
        assertThat(problem(exchange).headers()).containsEntry("Retry-After", "10");
        assertThat(exchange.getResponse().getHeaders().getFirst("RateLimit")).isEqualTo("\"address-reads\";r=0;t=10");
        nanos.addAndGet(Duration.ofSeconds(9).toNanos());
        assertThat(problem(exchange("198.51.100.1", "")).headers()).containsEntry("Retry-After", "1");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(refused("198.51.100.1", "")).isFalse();
    }

    private boolean refused(String peer, String forwardedFor) {
        return run(exchange(peer, forwardedFor))
                .map(done -> false)
                .onErrorReturn(Problem.class, true)
                .blockOptional()
                .orElseThrow();
    }

    private Problem problem(MockServerWebExchange exchange) {
        return run(exchange)
                .flatMap(done -> Mono.<Problem>empty())
                .onErrorResume(Problem.class, Mono::just)
                .blockOptional()
                .orElseThrow();
    }

    private Mono<String> run(MockServerWebExchange exchange) {
        return addresses
                .filter(exchange, found -> filter.filter(found, passed -> Mono.empty()))
                .thenReturn("done");
    }

    private static MockServerWebExchange exchange(String peer, String forwardedFor) {
        return MockServerWebExchange.from(MockServerHttpRequest.get("/api/me/tasks")
                .remoteAddress(new InetSocketAddress(peer, 1))
                .header("X-Forwarded-For", forwardedFor));
    }
}
