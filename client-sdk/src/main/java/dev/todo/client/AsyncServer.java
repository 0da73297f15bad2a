package dev.todo.client;

import dev.todo.client.generated.SystemOperations;
import dev.todo.client.generated.model.HealthJson;
import dev.todo.client.wire.Operation;
import java.util.concurrent.CompletableFuture;

/**
 * What the server says of itself, as {@link Server}, without waiting.
 */
public final class AsyncServer {
    private static final CallOptions ONCE = CallOptions.defaults().retries(Retries.none());

    private final Engine engine;
    private final CallOptions options;

    AsyncServer(Engine engine, CallOptions options) {
        this.engine = engine;
        this.options = options;
    }

    /** Whether the server and its database are well: {@code healthy}. */
    public CompletableFuture<String> health() {
        return engine.send(SystemOperations.getHealth(), options)
                .thenApply(answer -> answer.value().status().value());
    }

    /** Whether the server runs; asked once, unless the options say otherwise. */
    public CompletableFuture<Boolean> live() {
        return holds(SystemOperations.getLiveness());
    }

    /** Whether the server can answer now; asked once, unless the options say otherwise. */
    public CompletableFuture<Boolean> ready() {
        return holds(SystemOperations.getReadiness());
    }

    /** The contract, as YAML. */
    public CompletableFuture<String> contract() {
        return engine.transfer(SystemOperations.getContract(null), options, null, Reception.text("application/yaml"))
                .thenApply(Answer::value);
    }

    /** The contract, as JSON. */
    public CompletableFuture<String> contractJson() {
        return engine.transfer(
                        SystemOperations.getContractJson(null), options, null, Reception.text("application/json"))
                .thenApply(Answer::value);
    }

    /** The keys that verify the server's own tokens, as a JWK set in JSON. */
    public CompletableFuture<String> signingKeys() {
        return engine.transfer(SystemOperations.getSigningKeys(), options, null, Reception.text("application/json"))
                .thenApply(Answer::value);
    }

    private CompletableFuture<Boolean> holds(Operation<HealthJson> request) {
        Call<Answer<HealthJson>> call = engine.send(request, options.over(ONCE));
        return Call.recover(
                call.thenApply(answer -> true),
                failure -> failure instanceof ServerException
                        ? CompletableFuture.completedFuture(false)
                        : CompletableFuture.failedFuture(failure));
    }
}
