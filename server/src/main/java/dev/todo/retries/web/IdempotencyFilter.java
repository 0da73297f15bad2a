package dev.todo.retries.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.todo.auth.AccessToken;
import dev.todo.retries.Answer;
import dev.todo.retries.KeyedRequest;
import dev.todo.retries.RequestDigest;
import dev.todo.retries.SafeRetries;
import java.nio.ByteBuffer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Lets a request with an {@code Idempotency-Key} through once, in a transaction, and answers it when that is committed. */
public final class IdempotencyFilter implements WebFilter {
    public static final String KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";

    private final SafeRetries retries;
    private final Predicate<ServerWebExchange> takesKey;

    public IdempotencyFilter(SafeRetries retries, Predicate<ServerWebExchange> takesKey) {
        this.retries = retries;
        this.takesKey = takesKey;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String key = exchange.getRequest().getHeaders().getFirst(KEY);
        if (key == null || !takesKey.test(exchange)) {
            return chain.filter(exchange);
        }
        AccessToken token = AccessToken.of(exchange.getAttributes());
        return digest(exchange.getRequest())
                .map(digest -> new KeyedRequest(token.caller().userId(), key, digest.hex()))
                .flatMap(request -> retries.once(token, request, recorded(exchange, chain)))
                .flatMap(answer -> send(answer, exchange.getResponse()));
    }

    private static Mono<RequestDigest> digest(ServerHttpRequest request) {
        return request.getBody().collect(() -> new RequestDigest(line(request)), IdempotencyFilter::add);
    }

    private static void add(RequestDigest digest, DataBuffer piece) {
        digest.add(ByteBuffer.wrap(RecordedResponse.bytes(piece)));
    }

    private static String line(ServerHttpRequest request) {
        String query = request.getURI().getRawQuery();
        String path = request.getPath().value();
        return request.getMethod() + " " + (query == null ? path : path + "?" + query);
    }

    private static Mono<Answer> recorded(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.defer(() -> {
            RecordedResponse response = new RecordedResponse();
            return chain.filter(exchange.mutate().response(response).build()).then(Mono.fromSupplier(response::answer));
        });
    }

    private static Mono<Void> send(Answer answer, ServerHttpResponse response) {
        response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
        HttpHeaders headers = response.getHeaders();
        set(headers, HttpHeaders.CONTENT_TYPE, answer.contentType());
        set(headers, HttpHeaders.LOCATION, answer.location());
        set(headers, HttpHeaders.ETAG, answer.etag());
        set(headers, REPLAYED, answer.replayed() ? "true" : null);
        if (answer.body() == null) {
            return response.setComplete();
        }
        byte[] body = answer.body().getBytes(UTF_8);
        headers.setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private static void set(HttpHeaders headers, String name, @Nullable String value) {
        if (value != null) {
            headers.set(name, value);
        }
    }
}
