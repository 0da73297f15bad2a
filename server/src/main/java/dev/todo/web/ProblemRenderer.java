package dev.todo.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.todo.problem.InputError;
import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableChannel;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** The one place where what went wrong becomes {@code application/problem+json}. */
final class ProblemRenderer implements WebFilter {
    private static final Logger log = LoggerFactory.getLogger(ProblemRenderer.class);

    private final JsonMapper json;

    ProblemRenderer(JsonMapper json) {
        this.json = json;
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Body(
            String type,
            String title,
            int status,
            String detail,
            String instance,
            String code,
            @JsonProperty("request_id") String requestId,
            List<Item> errors) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Item(
            @Nullable Integer line,
            @Nullable String pointer,
            @Nullable String parameter,
            String message) {
        static Item of(InputError error) {
            return new Item(error.line(), error.pointer(), error.parameter(), error.message());
        }
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        // A filter that throws is no different from one that answers with an error.
        return Mono.defer(() -> chain.filter(exchange)).onErrorResume(error -> render(exchange, error));
    }

    private Mono<Void> render(ServerWebExchange exchange, Throwable error) {
        ServerHttpResponse response = exchange.getResponse();
        if (hasHungUp(error)) {
            response.setStatusCode(RequestLog.HUNG_UP);
            return response.setComplete();
        }
        Problem problem = problem(error);
        note(exchange, problem, error);
        if (!response.setStatusCode(HttpStatusCode.valueOf(problem.type().status()))) {
            // Already on its way: the connection is cut, so that nobody takes half an answer for a whole one.
            HttpServerResponse netty = ServerHttpResponseDecorator.getNativeResponse(response);
            netty.withConnection(DisposableChannel::dispose);
            return Mono.empty();
        }
        response.getHeaders().clearContentHeaders();
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        problem.headers().forEach(response.getHeaders()::set);
        byte[] body = body(problem, RequestLog.requestId(exchange));
        response.getHeaders().setContentLength(body.length);
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer)).onErrorComplete(ProblemRenderer::hasHungUp);
    }

    /**
     * Netty has a way of its own to say that a channel was gone before it was there. A problem may be due to a connection
     * too, but to PostgreSQL's.
     */
    private static boolean hasHungUp(Throwable error) {
        if (error instanceof Problem) {
            return false;
        }
        return DisconnectedClientHelper.isClientDisconnectedException(error)
                || (error instanceof IllegalStateException
                        && String.valueOf(error.getMessage()).startsWith("channel not registered"));
    }

    byte[] body(Problem problem, String requestId) {
        ProblemType type = problem.type();
        return json.writeValueAsBytes(new Body(
                type.uri(),
                type.title(),
                type.status(),
                problem.detail(),
                "urn:todo:request:" + requestId,
                type.code(),
                requestId,
                problem.errors().stream().map(Item::of).toList()));
    }

    private static Problem problem(Throwable error) {
        if (error instanceof Problem problem) {
            return problem;
        }
        return Problem.of(
                ProblemType.INTERNAL_ERROR,
                "Something went wrong here. Try again; if it lasts, report the request id.");
    }

    private static void note(ServerWebExchange exchange, Problem problem, Throwable error) {
        String id = RequestLog.requestId(exchange);
        if (problem.type() == ProblemType.INTERNAL_ERROR) {
            log.error("Request {} failed", id, error);
        } else if (problem.type() == ProblemType.UNAVAILABLE) {
            log.warn("Request {} could not be served: {} ({})", id, problem.detail(), cause(problem));
        }
    }

    private static String cause(Problem problem) {
        return problem.getCause() == null ? "no cause" : problem.getCause().toString();
    }
}
