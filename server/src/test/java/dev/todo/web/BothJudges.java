package dev.todo.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.problem.Problem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

/** The quick judge and the validator, asked about the same requests. */
final class BothJudges {
    static final Contract CONTRACT = new Contract();

    private static final ContractValidator VALIDATOR = CONTRACT.validator();

    private int asked;
    private int good;
    private int refused;

    /** Whether the quick judge calls it good; fails when the validator refuses it then. */
    boolean callGood(ServerHttpRequest request, byte @Nullable [] body) {
        Route route = routeOf(request);
        Route.Operation operation = requireNonNull(route.operation());
        boolean isGood = operation.plain().isGood(request, route.variables(), body);
        Problem problem = refusal(request, route, operation, body);
        if (isGood && problem != null) {
            throw new AssertionError("Called good, but refused: %s %s %s%n%s%n%s %s"
                    .formatted(
                            request.getMethod(),
                            request.getURI(),
                            request.getHeaders(),
                            body == null ? "" : new String(body, StandardCharsets.UTF_8),
                            problem.detail(),
                            problem.errors()));
        }
        asked++;
        good += isGood ? 1 : 0;
        refused += problem != null ? 1 : 0;
        return isGood;
    }

    /** What is asked proves something only when both verdicts are among the answers. */
    void assertBothVerdictsWereMet() {
        assertThat(good).as("called good of %d", asked).isGreaterThan(asked / 50);
        assertThat(refused).as("refused of %d", asked).isGreaterThan(asked / 50);
    }

    static Route routeOf(ServerHttpRequest request) {
        return CONTRACT.route(MockServerWebExchange.from((MockServerHttpRequest) request));
    }

    static MockServerHttpRequest.BodyBuilder request(HttpMethod method, String uri) {
        return MockServerHttpRequest.method(method, URI.create("http://localhost" + uri));
    }

    private static @Nullable Problem refusal(
            ServerHttpRequest request, Route route, Route.Operation operation, byte @Nullable [] body) {
        try {
            VALIDATOR.validate(request, route, operation, body == null ? null : JsonBody.parse(body));
            return null;
        } catch (Problem problem) {
            return problem;
        }
    }
}
