package dev.todo.web;

import io.swagger.v3.oas.models.Operation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The end of the way in: the controller's method for the operation is called, and what it answers is sent. */
final class Operations implements WebHandler {
    private final Contract contract;
    private final JsonMapper json;
    private final Map<String, OperationMethod> methods;

    Operations(Contract contract, Collection<?> controllers, JsonMapper json) {
        this.contract = contract;
        this.json = json;
        Map<String, List<OperationMethod>> found = controllers.stream()
                .flatMap(controller -> OperationMethod.of(controller, json))
                .collect(Collectors.groupingBy(OperationMethod::name));
        this.methods = contract.document().getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .map(Operation::getOperationId)
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), id -> only(id, found.getOrDefault(id, List.of()))));
    }

    private static OperationMethod only(String operation, List<OperationMethod> methods) {
        if (methods.size() != 1) {
            throw new IllegalStateException(
                    "The operation %s needs one method of a controller, and has %s.".formatted(operation, methods));
        }
        return methods.get(0);
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        Route route = contract.route(exchange);
        OperationMethod method = Objects.requireNonNull(
                methods.get(Objects.requireNonNull(route.operation()).id()));
        return method.call(exchange, route).flatMap(answer -> send(answer, exchange));
    }

    private Mono<Void> send(ResponseEntity<?> answer, ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(answer.getStatusCode());
        response.getHeaders().putAll(answer.getHeaders());
        Object body = answer.getBody();
        if (body == null || isKnown(answer, exchange)) {
            return response.setComplete();
        }
        byte[] bytes = json.writeValueAsBytes(body);
        response.getHeaders().setContentLength(bytes.length);
        DataBuffer buffer = response.bufferFactory().wrap(bytes);
        return response.writeWith(Mono.just(buffer));
    }

    /** Whether a reader has this already, by its tag; then the status is 304. */
    private static boolean isKnown(ResponseEntity<?> answer, ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        HttpMethod method = request.getMethod();
        boolean asks = (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))
                && request.getHeaders().containsHeader(HttpHeaders.IF_NONE_MATCH);
        String tag = asks ? answer.getHeaders().getETag() : null;
        return tag != null && exchange.checkNotModified(tag);
    }
}
