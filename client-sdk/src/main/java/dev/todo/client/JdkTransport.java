package dev.todo.client;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The default: a {@link HttpClient} of the client's own. */
final class JdkTransport implements Transport {
    private volatile @Nullable HttpClient client;

    JdkTransport(Executor executor, Duration connectTimeout, boolean encrypted) {
        client = HttpClient.newBuilder()
                .executor(executor)
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                // Without encryption, HTTP/2 begins by an upgrade that some proxies do not understand.
                .version(encrypted ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .build();
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> send(HttpRequest request, BodyHandler<T> handler) {
        return open().sendAsync(request, handler);
    }

    @Override
    public <T> HttpResponse<T> sendAndWait(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return open().send(request, handler);
    }

    private HttpClient open() {
        HttpClient open = client;
        if (open == null) {
            throw new ClientClosedException(null, false);
        }
        return open;
    }

    /** From JDK 21 on it can be closed; before, its thread ends once nobody holds it. */
    @Override
    public void close() {
        HttpClient open = client;
        client = null;
        if (open instanceof AutoCloseable) {
            try {
                MethodHandles.publicLookup()
                        .findVirtual(HttpClient.class, "shutdownNow", MethodType.methodType(void.class))
                        .invoke(open);
            } catch (Throwable e) {
                throw new LinkageError("an HttpClient that can be closed, but not shut down", e);
            }
        }
    }
}
