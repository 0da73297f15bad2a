package dev.todo.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * What sends requests and receives answers. The default is a {@link HttpClient} of the client's own; give another one
 * for a proxy, a trust store or client certificates, and another implementation for another HTTP library or a test.
 *
 * <pre>{@code
 * HttpClient http = HttpClient.newBuilder().proxy(ProxySelector.of(new InetSocketAddress("proxy.example", 3128))).build();
 * TodoClient behindProxy = TodoClient.builder()
 *         .baseUrl("https://todo.example")
 *         .transport(Transport.of(http))
 *         .build();
 * }</pre>
 */
public interface Transport extends AutoCloseable {
    /**
     * Sends a request, once. The answer is complete when its body is. Cancelling it must end the exchange; waiting for
     * it must not block a thread of the caller's.
     */
    <T> CompletableFuture<HttpResponse<T>> send(HttpRequest request, BodyHandler<T> handler);

    /** The same for a thread that waits for the answer; interrupting it must end the exchange. */
    default <T> HttpResponse<T> sendAndWait(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = send(request, handler);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw new IOException(Failures.cause(e).getMessage(), Failures.cause(e));
        }
    }

    /** Releases what it holds; called when the client that it was given to is closed. */
    @Override
    default void close() {}

    /** Sends with a client that is its owner's to close. It must not follow redirects to elsewhere: tokens go along. */
    static Transport of(HttpClient client) {
        return new Transport() {
            @Override
            public <T> CompletableFuture<HttpResponse<T>> send(HttpRequest request, BodyHandler<T> handler) {
                return client.sendAsync(request, handler);
            }

            @Override
            public <T> HttpResponse<T> sendAndWait(HttpRequest request, BodyHandler<T> handler)
                    throws IOException, InterruptedException {
                return client.send(request, handler);
            }
        };
    }

    /** The answer that a handler makes of a status, headers and a body, for those who write a transport. */
    static <T> CompletableFuture<HttpResponse<T>> answer(
            HttpRequest request, int status, Map<String, List<String>> headers, byte[] body, BodyHandler<T> handler) {
        HttpHeaders fields = HttpHeaders.of(headers, (name, value) -> true);
        HttpResponse.BodySubscriber<T> subscriber = handler.apply(new ReceivedAnswer.Info(status, fields));
        subscriber.onSubscribe(ReceivedAnswer.WHOLE);
        subscriber.onNext(List.of(ByteBuffer.wrap(body)));
        subscriber.onComplete();
        return subscriber
                .getBody()
                .thenApply(value -> (HttpResponse<T>) new ReceivedAnswer<>(request, status, fields, value))
                .toCompletableFuture();
    }
}
