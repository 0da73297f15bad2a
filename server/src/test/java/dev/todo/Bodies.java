package dev.todo;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Bodies as bare bytes: with a length or in chunks, and without a content type that nobody has asked for. */
final class Bodies {
    private static final int CHUNK = 8192;

    private Bodies() {}

    static BodyInserter<Object, ClientHttpRequest> withLength(byte[] bytes) {
        return (request, context) -> {
            request.getHeaders().setContentLength(bytes.length);
            return request.writeWith(Mono.just(request.bufferFactory().wrap(bytes)));
        };
    }

    static BodyInserter<Object, ClientHttpRequest> inChunks(byte[] bytes) {
        return (request, context) -> request.writeWith(Flux.fromStream(IntStream.iterate(
                        0, start -> start < bytes.length, start -> start + CHUNK)
                .mapToObj(start -> request.bufferFactory()
                        .wrap(Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + CHUNK))))));
    }

    /** The JSON text, with spaces after it until it is of the size. */
    static byte[] padded(byte[] json, int size) {
        byte[] padded = Arrays.copyOf(json, size);
        Arrays.fill(padded, json.length, size, (byte) ' ');
        return padded;
    }
}
