package dev.todo.client;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A body in memory, which ends the exchange when it grows too large: nobody knows what is at the other end. */
final class LimitedBody implements BodySubscriber<Object> {
    private final int limit;
    private final CompletableFuture<Object> body = new CompletableFuture<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream(1024);
    private Flow.@Nullable Subscription subscription;

    /** In place of a body that was not received to its end. */
    record Overlong(int limit) {
        @Override
        public String toString() {
            return "it is over " + limit + " bytes";
        }
    }

    private LimitedBody(int limit) {
        this.limit = limit;
    }

    /** A body of a known length needs no other limit, and the JDK's own subscriber saves a change of threads. */
    @SuppressWarnings("unchecked") // What gives bytes gives objects.
    static BodySubscriber<Object> of(ResponseInfo answer, int limit) {
        long length = answer.headers().firstValueAsLong("Content-Length").orElse(Long.MAX_VALUE);
        return length > limit
                ? new LimitedBody(limit)
                : (BodySubscriber<Object>) (BodySubscriber<?>) BodySubscribers.ofByteArray();
    }

    @Override
    public CompletionStage<Object> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription exchange) {
        subscription = exchange;
        exchange.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (received.size() + buffer.remaining() > limit) {
                if (subscription != null) {
                    subscription.cancel();
                }
                body.complete(new Overlong(limit));
                return;
            }
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            received.writeBytes(bytes);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(received.toByteArray());
    }
}
