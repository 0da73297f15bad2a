package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Pages of the listed origin may call the server; those of others get no leave, and no harm. */
class CorsTest extends ServerTest {
    private static final String EVERY_HEADER =
            "authorization, content-type, idempotency-key, if-match, if-none-match, x-request-id";

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
    void aPreflightFromTheListedOriginIsAnsweredBeforeAuthentication(String method) {
        HttpHeaders headers = anyone.options()
                .uri(tasks() + "/1")
                .header(HttpHeaders.ORIGIN, ORIGIN)
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, method)
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS, EVERY_HEADER)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .isEmpty()
                .getResponseHeaders();
        assertThat(headers.getAccessControlAllowOrigin()).isEqualTo(ORIGIN);
        assertThat(headers.getAccessControlAllowMethods().toString()).contains(method);
        assertThat(headers.getAccessControlAllowHeaders()).containsExactlyInAnyOrder(EVERY_HEADER.split(", "));
        assertThat(headers.getAccessControlMaxAge()).isEqualTo(3600);
        assertThat(headers.getAccessControlAllowCredentials()).isFalse();
        assertThat(headers.get(HttpHeaders.VARY)).contains(HttpHeaders.ORIGIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://app.example",
                "https://app.example:8443",
                "https://app.example.evil.example",
                "https://evil-app.example",
                "https://sub.app.example",
                "https://app.example@evil.example",
                "app.example",
                "null",
                "*"
            })
    void aPreflightFromAnotherOriginIsRefused(String origin) {
        Refused refused = Refused.with(
                403,
                "origin-not-allowed",
                anyone.options()
                        .uri(tasks())
                        .header(HttpHeaders.ORIGIN, origin)
                        .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "GET"));
        assertNoLeave(refused.headers());
        assertThat(refused.detail()).contains("CORS_ORIGINS");
    }

    @Test
    void aPreflightForWhatNobodyNeedsIsRefused() {
        for (String method : List.of("TRACE", "CONNECT", "FOO")) {
            Refused.with(403, "origin-not-allowed", preflight(method, "authorization"));
        }
        Refused.with(403, "origin-not-allowed", preflight("GET", "x-evil"));
    }

    @Test
    void theListedOriginReadsEveryAnswerAndItsHeaders() {
        String own = tasks() + "/" + createTask("Mine").path("id").asString();
        for (WebTestClient.RequestHeadersSpec<?> request : List.of(
                http.get().uri(own),
                http.get().uri(own + "999999"),
                http.get().uri(own + "x"),
                http.get().uri("/nothing"),
                http.post().uri("/health"),
                http.get().uri("/api/somebody-else/tasks"),
                anyone.get().uri(own),
                anyone.get().uri("/health"))) {
            HttpHeaders headers = from(ORIGIN, request);
            assertThat(headers.getAccessControlAllowOrigin()).isEqualTo(ORIGIN);
            assertThat(headers.getAccessControlExposeHeaders())
                    .containsExactlyInAnyOrder(
                            "Content-Disposition",
                            "ETag",
                            "Idempotency-Replayed",
                            "Location",
                            "RateLimit",
                            "RateLimit-Policy",
                            "Retry-After",
                            "X-Request-Id");
            assertThat(headers.get(HttpHeaders.VARY)).contains(HttpHeaders.ORIGIN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "http://app.example", "null", "HTTPS://APP.EXAMPLE.", "not an origin"})
    void anotherOriginIsServedButItsPageReadsNothing(String origin) {
        http.get()
                .uri(tasks())
                .header(HttpHeaders.ORIGIN, origin)
                .exchange()
                .expectStatus()
                .isOk();
        assertNoLeave(from(origin, http.get().uri(tasks())));
        assertNoLeave(from(origin, anyone.get().uri(tasks())));
    }

    @Test
    void withoutOriginThereIsNothingToAllow() {
        HttpHeaders headers =
                http.get().uri(tasks()).exchange().expectBody().returnResult().getResponseHeaders();
        assertNoLeave(headers);
        assertThat(headers.get(HttpHeaders.VARY)).contains(HttpHeaders.ORIGIN);
    }

    private WebTestClient.RequestHeadersSpec<?> preflight(String method, String header) {
        return anyone.options()
                .uri(tasks())
                .header(HttpHeaders.ORIGIN, ORIGIN)
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, method)
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS, header);
    }

    private static HttpHeaders from(String origin, WebTestClient.RequestHeadersSpec<?> request) {
        return request.header(HttpHeaders.ORIGIN, origin)
                .exchange()
                .expectBody()
                .returnResult()
                .getResponseHeaders();
    }

    private static void assertNoLeave(HttpHeaders headers) {
        assertThat(headers.headerNames())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
    }
}
