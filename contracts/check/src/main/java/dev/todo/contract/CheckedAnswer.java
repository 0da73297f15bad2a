package dev.todo.contract;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSession;

/** An answer whose body was read whole, and then again by the handler that it was meant for. */
record CheckedAnswer<T>(HttpResponse<byte[]> whole, T body) implements HttpResponse<T> {
    private record Info(int statusCode, HttpHeaders headers, Version version) implements ResponseInfo {}

    static <T> CompletionStage<HttpResponse<T>> of(HttpResponse<byte[]> whole, BodyHandler<T> handler) {
        BodySubscriber<T> reader = handler.apply(new Info(whole.statusCode(), whole.headers(), whole.version()));
        AtomicBoolean done = new AtomicBoolean();
        reader.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                if (done.compareAndSet(false, true)) {
                    if (whole.body().length > 0) {
                        reader.onNext(List.of(ByteBuffer.wrap(whole.body()).asReadOnlyBuffer()));
                    }
                    reader.onComplete();
                }
            }

            @Override
            public void cancel() {
                done.set(true);
            }
        });
        return reader.getBody().thenApply(body -> new CheckedAnswer<>(whole, body));
    }

    @Override
    public int statusCode() {
        return whole.statusCode();
    }

    @Override
    public HttpRequest request() {
        return whole.request();
    }

    /** What was passed on the way here has no body that anybody could read. */
    @Override
    public Optional<HttpResponse<T>> previousResponse() {
        return Optional.empty();
    }

    @Override
    public HttpHeaders headers() {
        return whole.headers();
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return whole.sslSession();
    }

    @Override
    public URI uri() {
        return whole.uri();
    }

    @Override
    public Version version() {
        return whole.version();
    }
}
