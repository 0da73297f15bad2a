package dev.todo.web;

import dev.todo.api.SystemApi;
import dev.todo.api.model.ContractJson;
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
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What operators and tools ask the server about itself. */
@RestController
class SystemController implements SystemApi {
    private static final MediaType YAML = MediaType.parseMediaType("application/yaml");
    private static final String KEPT_FOR_A_MINUTE = "public, max-age=60, must-revalidate";

    private final Mono<FixedContent> yaml;
    private final Mono<FixedContent> json;
    private final Database database;
    private final TokenVerifier tokens;
    private final OwnTokens ownTokens;

    SystemController(Contract contract, Database database, TokenVerifier tokens, OwnTokens ownTokens) {
        this.yaml = FixedContent.whenAsked(contract::bytes);
        this.json = FixedContent.whenAsked(contract::json);
        this.database = database;
        this.tokens = tokens;
        this.ownTokens = ownTokens;
    }

    @Override
    public Mono<ResponseEntity<Resource>> getContract(@Nullable String ifNoneMatch, ServerWebExchange exchange) {
        return answer(exchange, YAML, yaml);
    }

    @Override
    public Mono<ResponseEntity<ContractJson>> getContractJson(
            @Nullable String ifNoneMatch, ServerWebExchange exchange) {
        return answer(exchange, MediaType.APPLICATION_JSON, json);
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

    private static <T> Mono<T> answer(ServerWebExchange exchange, MediaType type, Mono<FixedContent> document) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        return document.flatMap(content -> {
            headers.setContentType(type);
            headers.setCacheControl(KEPT_FOR_A_MINUTE);
            return content.answer(exchange).then(Mono.empty());
        });
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
