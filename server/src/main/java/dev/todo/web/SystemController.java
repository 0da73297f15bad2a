package dev.todo.web;

import dev.todo.api.SystemApi;
import dev.todo.api.model.Health;
import dev.todo.api.model.HealthStatus;
import dev.todo.api.model.SigningKey;
import dev.todo.api.model.SigningKeys;
import dev.todo.auth.OwnKey;
import dev.todo.auth.OwnTokens;
import dev.todo.auth.TokenVerifier;
import dev.todo.database.Database;
import dev.todo.problem.Problem;
import java.util.List;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What operators and tools ask the server about itself. */
@RestController
class SystemController implements SystemApi {
    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");

    private static final int PIECE = 4096;

    private final Contract contract;
    private final Database database;
    private final TokenVerifier tokens;
    private final OwnTokens ownTokens;

    SystemController(Contract contract, Database database, TokenVerifier tokens, OwnTokens ownTokens) {
        this.contract = contract;
        this.database = database;
        this.tokens = tokens;
        this.ownTokens = ownTokens;
    }

    @Override
    public Mono<ResponseEntity<Resource>> getContract(ServerWebExchange exchange) {
        // Spring would answer a Resource in ranges, which the contract does not offer.
        // In pieces, so that whoever does not read holds up a piece and not the whole.
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(HttpStatus.OK);
        response.getHeaders().setContentType(YAML);
        response.getHeaders().setContentLength(contract.bytes().length);
        return response.writeWith(
                        DataBufferUtils.read(new ByteArrayResource(contract.bytes()), response.bufferFactory(), PIECE))
                .then(Mono.empty());
    }

    @Override
    public Mono<ResponseEntity<SigningKeys>> getSigningKeys(ServerWebExchange exchange) {
        OwnKey key = ownTokens.key();
        List<SigningKey> keys =
                key == null ? List.of() : List.of(new SigningKey("OKP", "Ed25519", "EdDSA", "sig", key.id(), key.x()));
        return Mono.just(
                ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(new SigningKeys(keys)));
    }

    @Override
    public Mono<ResponseEntity<Health>> getHealth(ServerWebExchange exchange) {
        return Flux.concat(databaseTrouble(), keyTrouble()).collectList().map(troubles -> {
            if (!troubles.isEmpty()) {
                throw Problem.unavailable("Not healthy: " + String.join("; ", troubles) + ".", null);
            }
            return healthy();
        });
    }

    @Override
    public Mono<ResponseEntity<Health>> getLiveness(ServerWebExchange exchange) {
        return Mono.just(healthy());
    }

    @Override
    public Mono<ResponseEntity<Health>> getReadiness(ServerWebExchange exchange) {
        return getHealth(exchange);
    }

    private Mono<String> databaseTrouble() {
        return database.ping().then(Mono.<String>empty()).onErrorReturn("the database does not answer");
    }

    private Mono<String> keyTrouble() {
        return tokens.ready() ? Mono.empty() : Mono.just("the keys to verify tokens with are not loaded");
    }

    private static ResponseEntity<Health> healthy() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(new Health(HealthStatus.HEALTHY));
    }
}
