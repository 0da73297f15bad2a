package dev.todo.retries.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.todo.retries.Answer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes an answer down instead of sending it. */
final class RecordedResponse extends AbstractServerHttpResponse {
    private @Nullable String body;

    RecordedResponse() {
        super(DefaultDataBufferFactory.sharedInstance);
    }

    Answer answer() {
        HttpHeaders headers = getHeaders();
        HttpStatusCode status = getStatusCode();
        return new Answer(
                status == null ? 200 : status.value(),
                headers.getFirst(HttpHeaders.CONTENT_TYPE),
                headers.getFirst(HttpHeaders.LOCATION),
                headers.getETag(),
                body,
                false);
    }

    static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    @Override
    protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> written) {
        return DataBufferUtils.join(written)
                .doOnNext(buffer -> body = new String(bytes(buffer), UTF_8))
                .then();
    }

    @Override
    protected Mono<Void> writeAndFlushWithInternal(Publisher<? extends Publisher<? extends DataBuffer>> written) {
        return writeWithInternal(Flux.from(written).concatMap(part -> part));
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> T getNativeResponse() {
        throw new IllegalStateException("This answer is not sent, but taken down.");
    }

    @Override
    protected void applyStatusCode() {}

    @Override
    protected void applyHeaders() {}

    @Override
    protected void applyCookies() {}
}
