package dev.todo.contract;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Sends with another client, and hands on an answer once it has been checked. */
final class CheckedHttpClient extends HttpClient {
    private final HttpClient client;
    private final ContractCheck check;

    CheckedHttpClient(HttpClient client, ContractCheck check) {
        this.client = client;
        this.check = check;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(checked(request), BodyHandlers.ofByteArray());
        checkAnswer(answer);
        try {
            return CheckedAnswer.of(answer, handler).toCompletableFuture().join();
        } catch (CompletionException unreadable) {
            throw new IOException(unreadable.getCause());
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        HttpRequest sent;
        try {
            sent = checked(request);
        } catch (AssertionError | IOException broken) {
            return CompletableFuture.failedFuture(broken);
        }
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(sent, BodyHandlers.ofByteArray());
        CompletableFuture<HttpResponse<T>> checked = exchange.thenCompose(answer -> {
            checkAnswer(answer);
            return CheckedAnswer.of(answer, handler);
        });
        CompletionStage<?> unused = checked.whenComplete((answer, failure) -> {
            if (checked.isCancelled()) {
                exchange.cancel(true);
            }
        });
        return checked;
    }

    /** The contract has no answers that are pushed. */
    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushed) {
        return sendAsync(request, handler);
    }

    private void checkAnswer(HttpResponse<byte[]> answer) {
        check.answer(
                answer.request().method(),
                answer.uri(),
                answer.statusCode(),
                answer.headers().map(),
                answer.body());
    }

    /** Some bodies can be read once only: what was read is what is sent. */
    private HttpRequest checked(HttpRequest request) throws IOException {
        if (!check.checksRequests()) {
            return request;
        }
        Optional<HttpRequest.BodyPublisher> publisher = request.bodyPublisher();
        byte[] body = publisher.isPresent() ? read(publisher.get()) : new byte[0];
        check.request(request.method(), request.uri(), request.headers().map(), body);
        return publisher.isEmpty()
                ? request
                : HttpRequest.newBuilder(request, (name, value) -> true)
                        .method(request.method(), BodyPublishers.ofByteArray(body))
                        .build();
    }

    private static byte[] read(HttpRequest.BodyPublisher body) throws IOException {
        BodySubscriber<byte[]> reader = BodySubscribers.ofByteArray();
        body.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                reader.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer part) {
                reader.onNext(List.of(part));
            }

            @Override
            public void onError(Throwable failure) {
                reader.onError(failure);
            }

            @Override
            public void onComplete() {
                reader.onComplete();
            }
        });
        CompletionStage<byte[]> whole = reader.getBody();
        try {
            return whole.toCompletableFuture().join();
        } catch (CompletionException unreadable) {
            throw new IOException(unreadable.getCause());
        }
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }

    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return client.newWebSocketBuilder();
    }
}
