package dev.todo;

import dev.todo.client.Transport;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/** A {@link Transport} that holds each answer to the contract before it hands it on. */
final class CheckedTransport implements Transport {
    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    public <T> CompletableFuture<HttpResponse<T>> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .thenCompose(answer -> {
                    HttpHeaders headers = new HttpHeaders();
                    answer.headers().map().forEach(headers::addAll);
                    ContractCheck.check(
                            HttpMethod.valueOf(request.method()),
                            request.uri(),
                            answer.statusCode(),
                            headers,
                            answer.body());
                    return Transport.answer(
                            request, answer.statusCode(), answer.headers().map(), answer.body(), handler);
                });
    }
}
