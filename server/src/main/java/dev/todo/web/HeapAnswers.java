package dev.todo.web;

import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Has answers written into memory that the garbage collector takes back. A request that ends between the writing of its
 * answer and the sending, because the client hangs up or the time is over, would leave a buffer of Netty's for ever.
 */
final class HeapAnswers implements WebFilter {
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange.mutate()
                .response(new ServerHttpResponseDecorator(exchange.getResponse()) {
                    @Override
                    public DataBufferFactory bufferFactory() {
                        return DefaultDataBufferFactory.sharedInstance;
                    }
                })
                .build());
    }
}
