package dev.todo;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.util.UriComponentsBuilder;

/** A server of its own with small limits, behind a proxy that it trusts: each test comes from its own address. */
@Order(Integer.MAX_VALUE - 1)
class RateLimitTest extends ServerTest {
    private static final int OF_USER = 3;
    private static final int OF_ADDRESS = 7;
    private static final String HOUR = "/1h";
    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    private final String address = "2001:db8:0:" + Integer.toHexString(ADDRESSES.incrementAndGet()) + "::1";

    @DynamicPropertySource
    static void smallLimits(DynamicPropertyRegistry settings) {
        for (String kind : List.of("reads", "writes", "accounts")) {
            settings.add("rate.limit.user." + kind, () -> OF_USER + HOUR);
            settings.add("rate.limit.address." + kind, () -> OF_ADDRESS + HOUR);
        }
        settings.add("trusted.proxies", () -> "127.0.0.0/8,::1");
    }

    static Stream<ContractOperation> operations() {
        return ContractOperation.all().filter(operation -> operation.path().startsWith("/api/"));
    }

    static Stream<ContractOperation> operationsOfUsers() {
        return operations().filter(operation -> !operation.isPublic());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anAddressHasALimitHoweverBadItsTokens(ContractOperation operation) {
        String name = "address-" + kind(operation);
        for (int left = OF_ADDRESS - 1; left >= 0; left--) {
            HttpHeaders headers = not429(request(operation, anyone).headers(sent -> sent.setBearerAuth("bad")));
            assertThat(headers.getFirst("RateLimit")).matches("\"%s\";r=%d;t=3[56]\\d\\d".formatted(name, left));
            assertThat(headers.getFirst("RateLimit-Policy"))
                    .isEqualTo("\"%s\";q=%d;w=3600".formatted(name, OF_ADDRESS));
        }
        assertRefused(request(operation, anyone).headers(sent -> sent.setBearerAuth("bad")), name);
        assertRefused(request(operation, http), name);
    }

    @ParameterizedTest
    @MethodSource("operationsOfUsers")
    void aUserHasALimit(ContractOperation operation) {
        String name = kind(operation);
        for (int left = OF_USER - 1; left >= 0; left--) {
            HttpHeaders headers = not429(request(operation, http));
            assertThat(headers.getFirst("RateLimit"))
                    .matches("\"%s\";r=%d;t=3[56]\\d\\d, \"address-%s\";r=%d;t=3[56]\\d\\d"
                            .formatted(name, left, name, left + OF_ADDRESS - OF_USER));
            assertThat(headers.getFirst("RateLimit-Policy"))
                    .isEqualTo("\"%s\";q=%d;w=3600, \"address-%s\";q=%d;w=3600"
                            .formatted(name, OF_USER, name, OF_ADDRESS));
        }
        assertRefused(request(operation, http), name);
        not429(request(operation, as(user + "-neighbour")));
    }

    @Test
    void readsAndWritesAreCountedApart() {
        for (int i = 0; i < OF_USER; i++) {
            not429(from(http.get().uri(tasks())));
        }
        assertRefused(from(http.get().uri(tasks())), "reads");
        assertRefused(from(http.options().uri(tasks())), "reads");
        not429(from(http.delete().uri(tasks() + "/1")));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/nothing, reads",
        "GET, /api, reads",
        "PUT, /%61pi/me/tasks, writes",
        "GET, //api//me/tasks, reads",
        "GET, /api/auth/nothing, accounts",
        "POST, /api/%61uth/nothing, accounts",
        "POST, /api/auth, accounts",
        "POST, /api/authors, writes"
    })
    void everythingUnderApiIsCountedHoweverItIsWritten(HttpMethod method, String path, String name) {
        HttpHeaders headers = not429(from(anyone.method(method).uri(URI.create("http://localhost:" + port + path))));
        assertThat(headers.getFirst("RateLimit")).startsWith("\"address-" + name + "\";r=" + (OF_ADDRESS - 1));
    }

    @Test
    void aHeadIsRefusedWithoutABody() {
        for (int i = 0; i < OF_USER; i++) {
            not429(from(http.head().uri(tasks())));
        }
        from(http.head().uri(tasks()))
                .exchange()
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .exists("Retry-After")
                .expectBody()
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/health", "/health/live", "/health/ready", "/openapi.yaml", "/docs", "/nothing", "/apis/x"})
    void whatIsNotUnderApiHasNoLimit(String path) {
        for (int i = 0; i <= OF_ADDRESS; i++) {
            HttpHeaders headers = not429(from(anyone.get().uri(path)));
            assertThat(headers.headerNames()).doesNotContain("RateLimit", "RateLimit-Policy");
        }
    }

    @Test
    void preflightsHaveNoLimit() {
        for (int i = 0; i <= OF_ADDRESS; i++) {
            from(anyone.options().uri(tasks()))
                    .header(HttpHeaders.ORIGIN, ORIGIN)
                    .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "GET")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .doesNotExist("RateLimit");
        }
    }

    @Test
    void behindATrustedProxyEachClientHasItsOwnLimit() {
        useUp(address);
        assertRefused(anyone.get().uri(tasks()).header("X-Forwarded-For", address), "address-reads");
        not429(anyone.get().uri(tasks()).header("X-Forwarded-For", address.replace("2001", "2002")));
        not429(anyone.get().uri(tasks()).header("Forwarded", "for=\"[" + address.replace("2001", "2003") + "]:80\""));
    }

    @Test
    void whatAClientWritesBeforeItsOwnAddressIsNotBelieved() {
        useUp(address);
        for (String forged : List.of("198.51.100.7", "127.0.0.1", "\"", "unknown", "")) {
            assertRefused(
                    anyone.get().uri(tasks()).header("X-Forwarded-For", forged + ", " + address), "address-reads");
            assertRefused(
                    anyone.get().uri(tasks()).header("Forwarded", "for=" + forged + ", for=\"[" + address + "]\""),
                    "address-reads");
        }
    }

    @Test
    void allAddressesOfOneNetworkHaveOneLimit() {
        useUp(address);
        String neighbour = address.replace("::1", ":ffff:ffff:ffff:ffff");
        assertRefused(anyone.get().uri(tasks()).header("X-Forwarded-For", neighbour), "address-reads");
    }

    private void useUp(String client) {
        for (int i = 0; i < OF_ADDRESS; i++) {
            not429(anyone.get().uri(tasks()).header("X-Forwarded-For", client));
        }
    }

    private static String kind(ContractOperation operation) {
        return operation.path().startsWith("/api/auth/")
                ? "accounts"
                : operation.method().equals(HttpMethod.GET) ? "reads" : "writes";
    }

    /** Whatever stands in the path: the limits are judged before it is. */
    private WebTestClient.RequestHeadersSpec<?> request(ContractOperation operation, WebTestClient client) {
        Map<String, String> variables = operation.variables().stream()
                .collect(toMap(Function.identity(), name -> name.equals("user_id") ? "me" : "1"));
        // So that nothing is done, and nobody's token revoked: what is counted may well be refused.
        URI uri = UriComponentsBuilder.fromUri(operation.uri(port, variables))
                .query("no_such=1")
                .build(true)
                .toUri();
        return from(operation.request(client, uri));
    }

    private WebTestClient.RequestHeadersSpec<?> from(WebTestClient.RequestHeadersSpec<?> request) {
        return request.header("X-Forwarded-For", address);
    }

    private static HttpHeaders not429(WebTestClient.RequestHeadersSpec<?> request) {
        var result = request.exchange().expectBody().returnResult();
        assertThat(result.getStatus().value()).isNotEqualTo(429);
        return result.getResponseHeaders();
    }

    private static void assertRefused(WebTestClient.RequestHeadersSpec<?> request, String limit) {
        Refused refused = Refused.with(429, "too-many-requests", request);
        String retryAfter = refused.headers().getFirst(HttpHeaders.RETRY_AFTER);
        assertThat(retryAfter).matches("3[56]\\d\\d");
        assertThat(refused.headers().getFirst("RateLimit")).startsWith("\"" + limit + "\";r=0;t=" + retryAfter);
        assertThat(refused.headers().getFirst("RateLimit-Policy")).startsWith("\"" + limit + "\";q=");
        assertThat(refused.detail()).contains("in " + retryAfter + " s");
    }
}
