package dev.todo.auth.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.todo.auth.AuthSettings;
import dev.todo.auth.AuthSettings.Jwks;
import dev.todo.auth.Caller;
import dev.todo.auth.TestClock;
import dev.todo.auth.TestToken;
import dev.todo.auth.TokenVerifier;
import dev.todo.auth.Verifiers;
import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class AuthenticationFilterTest {
    private static final String SECRET = "a secret of thirty-two bytes, or more";

    private final TestClock clock = new TestClock();
    private final String token = TestToken.of("alice", clock).signedWith(SECRET);
    private final TokenVerifier verifier =
            Verifiers.of(new AuthSettings(SECRET, null, null, null, new Jwks(null)), clock);
    private final AuthenticationFilter filter = new AuthenticationFilter(
            verifier,
            exchange -> exchange.getRequest().getPath().value().startsWith("/api/"),
            exchange -> exchange.getRequest().getQueryParams().getFirst("pathUser"),
            exchange -> false);
    private final AtomicReference<Caller> admitted = new AtomicReference<>();

    @ParameterizedTest
    @ValueSource(strings = {"Bearer %s", "bearer %s", "BEARER %s", "Bearer   %s", " Bearer %s "})
    void admitsCaller(String header) {
        expectAdmitted(exchange("/api/x", header.formatted(token)));
        assertThat(admitted).hasValue(new Caller("alice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/x?pathUser=alice", "/api/x?pathUser=me", "/api/x"})
    void admitsCallerToOwnPath(String path) {
        expectAdmitted(exchange(path, "Bearer " + token));
    }

    @Test
    void asksNobodyWhereNoCallerIsNeeded() {
        var exchange = exchange("/health", "Bearer nonsense");
        expectAdmitted(exchange);
        assertThat(Caller.find(exchange.getAttributes())).isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> Caller.of(exchange.getAttributes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YWxpY2U6c2VjcmV0", "Bearer", "Bearer ", "Bearerx y", "%s", ""})
    void asksForToken(String header) {
        var exchange = exchange("/api/x", header.formatted(token));
        expectProblem(exchange, ProblemType.UNAUTHENTICATED, Map.of("WWW-Authenticate", "Bearer"), "no-token");
    }

    @Test
    void readsTheTokenFromTheHeaderOnly() {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/api/x?access_token=" + token)
                .header("Cookie", "better-auth.session_data=" + token)
                .build());
        expectProblem(exchange, ProblemType.UNAUTHENTICATED, Map.of("WWW-Authenticate", "Bearer"), "no-token");
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer abc.def.ghi, malformed",
        "Bearer %s x, malformed",
        "Bearer %s=, malformed",
        "Bearer %s==, malformed",
        "'Bearer %s,Bearer %s', malformed",
        "Bearer é, malformed",
        "Bearer eyJhbGciOiJub25lIn0.e30., not-signed"
    })
    void refusesToken(String header, String reason) {
        var exchange = exchange("/api/x", header.replace("%s", token));
        Problem problem = refused(exchange);
        assertThat(problem.type()).isEqualTo(ProblemType.UNAUTHENTICATED);
        assertThat(problem.headers())
                .isEqualTo(Map.of(
                        "WWW-Authenticate",
                        "Bearer error=\"invalid_token\", error_description=\"" + problem.detail() + "\""));
        assertThat(exchange.getAttributes()).containsEntry(AuthenticationFilter.REASON, reason);
        assertThat(exchange.getAttributes().toString()).doesNotContain(token);
    }

    @Test
    void refusesExpiredTokenWithOneClearSentence() {
        String expired = TestToken.of("alice", clock).with("exp", 1).signedWith(SECRET);
        var exchange = exchange("/api/x", "Bearer " + expired);
        expectProblem(
                exchange,
                ProblemType.UNAUTHENTICATED,
                Map.of(
                        "WWW-Authenticate",
                        "Bearer error=\"invalid_token\", error_description=\"The token has expired. Sign in again.\""),
                "expired");
    }

    @Test
    void refusesSeveralHeaders() {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/api/x")
                .header("Authorization", "Bearer " + token, "Bearer " + token)
                .build());
        assertThat(refused(exchange).type()).isEqualTo(ProblemType.UNAUTHENTICATED);
        assertThat(exchange.getAttributes()).containsEntry(AuthenticationFilter.REASON, "several-headers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "Alice", "ME", "alice%20", "alic", ""})
    void refusesForeignPath(String user) {
        var exchange = exchange("/api/x?pathUser=" + user, "Bearer " + token);
        expectProblem(exchange, ProblemType.FORBIDDEN, Map.of(), "foreign-path");
        assertThat(Caller.find(exchange.getAttributes())).contains(new Caller("alice"));
    }

    @Test
    void leavesFailuresBehindItAlone() {
        var failure = new IllegalStateException("later");
        filter.filter(exchange("/api/x", "Bearer " + token), exchange -> Mono.error(failure))
                .as(StepVerifier::create)
                .verifyErrorMatches(failure::equals);
    }

    private static MockServerWebExchange exchange(String path, String authorization) {
        return MockServerWebExchange.from(MockServerHttpRequest.get(path)
                .header("Authorization", authorization)
                .build());
    }

    private void expectAdmitted(MockServerWebExchange exchange) {
        List<String> reached = new ArrayList<>();
        filter.filter(exchange, passed -> {
                    reached.add("chain");
                    Caller.find(passed.getAttributes()).ifPresent(admitted::set);
                    return Mono.empty();
                })
                .as(StepVerifier::create)
                .verifyComplete();
        assertThat(reached).containsExactly("chain");
    }

    private void expectProblem(
            MockServerWebExchange exchange, ProblemType type, Map<String, String> headers, String reason) {
        Problem problem = refused(exchange);
        assertThat(problem.type()).isEqualTo(type);
        assertThat(problem.headers()).isEqualTo(headers);
        assertThat(exchange.getAttributes()).containsEntry(AuthenticationFilter.REASON, reason);
    }

    private Problem refused(MockServerWebExchange exchange) {
        List<Problem> refusals = new ArrayList<>();
        filter.filter(exchange, passed -> Mono.error(new AssertionError("passed")))
                .as(StepVerifier::create)
                .consumeErrorWith(error -> refusals.add((Problem) error))
                .verify();
        return refusals.get(0);
    }
}
