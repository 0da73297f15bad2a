package dev.todo;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.todo.auth.FakeIssuer;
import dev.todo.auth.OwnTokens;
import dev.todo.database.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The real server on a real PostgreSQL, started once for all tests, and a client that checks every answer. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "rate.limit.user.reads=1000000/1s",
            "rate.limit.user.writes=1000000/1s",
            "rate.limit.user.accounts=1000000/1s",
            "rate.limit.address.reads=1000000/1s",
            "rate.limit.address.writes=1000000/1s",
            "rate.limit.address.accounts=1000000/1s",
            "request.timeout=" + ServerTest.TIMEOUT_SECONDS + "s"
        })
public abstract class ServerTest {
    protected static final String SECRET = "a-secret-for-tests-only-0123456789-0123456789";
    protected static final FakeIssuer ISSUER = new FakeIssuer(InstantSource.system());
    protected static final int TIMEOUT_SECONDS = 3;
    protected static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(TIMEOUT_SECONDS);
    private static final int LARGEST_ANSWER = 64 * 1024 * 1024;
    /** A tag that every task has which {@link #createOccurrence} makes. */
    protected static final String TAG = "own";

    protected static final String ORIGIN = "https://app.example";

    /** The kind of token that all tests come with: {@code -Dtokens=}, {@code secret}, {@code issuer} or {@code own}. */
    private static final String TOKENS = System.getProperty("tokens", "secret");

    private static final OwnTokens OWN = new OwnTokens("todo-api", null, SECRET, InstantSource.system());

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    protected int port;

    @Autowired
    protected Database database;

    /** A user of this test's own. */
    protected final String user = "user-" + UUID.randomUUID();

    protected WebTestClient anyone;
    protected WebTestClient http;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) throws IOException {
        Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "test-data-");
        settings.add("todo.data.dir", () -> data.toAbsolutePath().toString());
        settings.add("better.auth.url", ISSUER::url);
        settings.add("better.auth.secret", () -> SECRET);
        settings.add("cors.origins", () -> ORIGIN);
        settings.add("management.port", () -> 0);
    }

    @BeforeEach
    void connect() {
        anyone = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .responseTimeout(Duration.ofSeconds(30))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_ANSWER))
                .filter(ServerTest::checked)
                .build();
        http = as(user);
    }

    protected WebTestClient as(String userId) {
        if (TOKENS.equals("own")) {
            giveAccount(userId);
        }
        return anyone.mutate()
                .defaultHeaders(headers -> headers.setBearerAuth(token(userId)))
                .build();
    }

    /** Whoever has a token of our own has an account, and so has whoever has a task. */
    protected void giveAccount(String userId) {
        database.sql("insert into accounts (user_id) values (:user_id) on conflict do nothing")
                .bind("user_id", userId)
                .count()
                .block();
    }

    protected static String token(String userId) {
        return switch (TOKENS) {
            case "issuer" ->
                ISSUER.draft(userId).with("jti", UUID.randomUUID().toString()).signedBy(ISSUER.key());
            case "own" -> OWN.issue(userId, UUID.randomUUID().toString());
            default -> tokenBySecret(userId);
        };
    }

    private static String tokenBySecret(String userId) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(userId)
                .jwtID(UUID.randomUUID().toString())
                .claim("exp", Instant.now().plus(Duration.ofHours(1)).getEpochSecond())
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(SECRET.getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return token.serialize();
    }

    protected String tasks() {
        return "/api/" + user + "/tasks";
    }

    protected JsonNode createTask(String title) {
        return createTask(JSON.createObjectNode().put("title", title));
    }

    /** A task that every operation on tasks can do something with. */
    protected JsonNode createOccurrence() {
        return createTask(JSON.createObjectNode()
                .put("title", "One more")
                .set("tags", JSON.createArrayNode().add(TAG))
                .put("due_date", "2990-01-01")
                .put("recurrence", "FREQ=DAILY"));
    }

    /** The id of a task that the operation can do something with: a deleted one, where it is about those. */
    protected String createTaskFor(ContractOperation operation) {
        String id = createOccurrence().path("id").asString();
        if (operation.path().contains("/trash")) {
            http.delete().uri(tasks() + "/" + id).exchange().expectStatus().isNoContent();
        }
        return id;
    }

    private JsonNode createTask(ObjectNode body) {
        return json(http.post()
                .uri(tasks())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body.toString())
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody()
                .returnResult());
    }

    protected JsonNode getJson(String uri, Object... variables) {
        return json(http.get()
                .uri(uri, variables)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult());
    }

    protected static JsonNode json(EntityExchangeResult<byte[]> result) {
        return JSON.readTree(result.getResponseBodyContent());
    }

    /** The headers of an answer, but for the one that counts down from answer to answer. */
    protected static Set<Map.Entry<String, List<String>>> headersBesidesCounts(EntityExchangeResult<?> result) {
        HttpHeaders headers = HttpHeaders.copyOf(result.getResponseHeaders());
        headers.remove("RateLimit");
        return headers.headerSet();
    }

    protected static Mono<ClientResponse> checked(ClientRequest request, ExchangeFunction next) {
        return next.exchange(request)
                .flatMap(response -> DataBufferUtils.join(response.bodyToFlux(DataBuffer.class))
                        .map(ServerTest::bytes)
                        .defaultIfEmpty(new byte[0])
                        .map(body -> {
                            HttpHeaders headers = response.headers().asHttpHeaders();
                            ContractCheck.check(
                                    request.method(),
                                    request.url(),
                                    response.statusCode().value(),
                                    headers,
                                    body);
                            DataBuffer buffer = DefaultDataBufferFactory.sharedInstance.wrap(body);
                            return response.mutate()
                                    .body(body.length == 0 ? Flux.empty() : Flux.just(buffer))
                                    .build();
                        }));
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
