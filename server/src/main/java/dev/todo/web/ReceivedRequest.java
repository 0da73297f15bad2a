package dev.todo.web;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;

/** A request whose body is there, and can be read again and again. */
final class ReceivedRequest extends ServerHttpRequestDecorator {
    private final byte[] body;

    ReceivedRequest(ServerHttpRequest request, byte[] body) {
        super(request);
        this.body = body;
    }

    static ReceivedRequest of(ServerWebExchange exchange) {
        return (ReceivedRequest) exchange.getRequest();
    }

    byte[] body() {
        return body;
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body)));
    }
}
