package dev.todo.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Checks the exchanges of a {@code WebTestClient} or a {@code WebClient}. It needs spring-webflux, which is there where
 * they are.
 *
 * <pre>{@code
 * WebTestClient http = WebTestClient.bindToServer()
 *         .baseUrl("http://localhost:8080")
 *         .filter(new ContractExchangeFilter(new ContractCheck()))
 *         .build();
 * }</pre>
 */
public final class ContractExchangeFilter implements ExchangeFilterFunction {
    private final ContractCheck check;

    /** A filter that holds to this check; add it last, for it to see what is really sent. */
    public ContractExchangeFilter(ContractCheck check) {
        this.check = check;
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        return next.exchange(check.checksRequests() ? checked(request) : request)
                .flatMap(response -> read(response.bodyToFlux(DataBuffer.class)).map(body -> {
                    check.answer(
                            request.method().name(),
                            request.url(),
                            response.statusCode().value(),
                            map(response.headers().asHttpHeaders()),
                            body);
                    return response.mutate().body(flux(body)).build();
                }));
    }

    /** What is written is checked before any of it is sent. */
    private ClientRequest checked(ClientRequest request) {
        return ClientRequest.from(request)
                .body((sent, context) -> request.body()
                        .insert(
                                new ClientHttpRequestDecorator(sent) {
                                    @Override
                                    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
                                        return read(Flux.from(body)).flatMap(bytes -> {
                                            check(getDelegate(), bytes);
                                            return super.writeWith(flux(bytes));
                                        });
                                    }

                                    @Override
                                    public Mono<Void> writeAndFlushWith(
                                            Publisher<? extends Publisher<? extends DataBuffer>> body) {
                                        return writeWith(Flux.from(body).concatMap(part -> part));
                                    }

                                    @Override
                                    public Mono<Void> setComplete() {
                                        return Mono.defer(() -> {
                                            check(getDelegate(), new byte[0]);
                                            return super.setComplete();
                                        });
                                    }
                                },
                                context))
                .build();
    }

    private void check(ClientHttpRequest request, byte[] body) {
        check.request(request.getMethod().name(), request.getURI(), map(request.getHeaders()), body);
    }

    private static Mono<byte[]> read(Flux<? extends DataBuffer> body) {
        return DataBufferUtils.join(body)
                .map(buffer -> {
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    return bytes;
                })
                .defaultIfEmpty(new byte[0]);
    }

    private static Flux<DataBuffer> flux(byte[] body) {
        return body.length == 0 ? Flux.empty() : Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body));
    }

    private static Map<String, List<String>> map(HttpHeaders headers) {
        Map<String, List<String>> map = new LinkedHashMap<>();
        headers.forEach(map::put);
        return map;
    }
}
