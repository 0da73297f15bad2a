package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.util.Base64URL;
import dev.todo.auth.TestKey;
import dev.todo.auth.TestToken;
import dev.todo.client.TodoClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One packaged server, and in front of it one real Better Auth after the other, each with other settings. */
class BetterAuthInterop {
    private static final String SECRET = "0123456789-0123456789-0123456789";
    /** The server asks for unknown keys twice in five seconds and no more, so a new issuer may have to wait for that. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int FETCHES_AT_ONCE = 5;
    private static final Duration ANOTHER_FETCH = Duration.ofSeconds(10);
    private static final String MANY = "1000000/1m";

    @TempDir
    static Path folder;

    private static int port;
    private static TodoProcess todo;

    @BeforeAll
    static void start() throws Exception {
        port = BetterAuth.freePort();
        String url = BetterAuth.url(port);
        Map<String, String> environment = Map.of(
                "BETTER_AUTH_URL", url,
                "BETTER_AUTH_SECRET", SECRET,
                "CORS_ORIGINS", url,
                "RATE_LIMIT_ADDRESS_READS", MANY,
                "RATE_LIMIT_USER_READS", MANY);
        todo = TodoProcess.start(folder, environment);
        todo.awaitStart();
    }

    @AfterAll
    static void stop() {
        todo.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EdDSA", "ES256", "ES512", "RS256", "PS256"})
    void usersSeeTheirOwnTasksAndNobodyElses(String algorithm) throws Exception {
        Map<String, ?> settings = algorithm.equals("EdDSA")
                ? Map.of()
                : Map.of("jwt", Map.of("jwks", Map.of("keyPairConfig", Map.of("alg", algorithm))));
        try (BetterAuth auth = start(settings)) {
            BetterAuth.User alice = auth.signUp("alice");
            BetterAuth.User bob = auth.signUp("bob");
            String token = alice.token();
            assertThat(header(token).path("alg").asString()).isEqualTo(algorithm);
            awaitAccepted(token);

            HttpResponse<String> created = todo.post("/api/me/tasks", token, "{\"title\": \"Pay the rent\"}");
            assertThat(created.statusCode()).isEqualTo(201);
            String task = created.headers().firstValue("Location").orElseThrow();
            assertThat(json(created).path("user_id").asString()).isEqualTo(alice.id());
            assertThat(titles(token)).containsExactly("Pay the rent");
            assertThat(titles(bob.token())).isEmpty();
            assertThat(todo.get("/api/" + alice.id() + "/tasks", bob.token()).statusCode())
                    .isEqualTo(403);
            assertThat(todo.get(task, bob.token()).statusCode()).isEqualTo(403);
            assertThat(todo.get(task.replace(alice.id(), "me"), bob.token()).statusCode())
                    .isEqualTo(404);
            try (TodoClient client = todo.client(alice::token)) {
                assertThat(client.tasks().get(json(created).path("id").asLong()).title())
                        .isEqualTo("Pay the rent");
            }
        }
    }

    @Test
    void aRotatedKeyIsNoticedAndTheOldOneServesOn() throws Exception {
        try (BetterAuth auth = start(Map.of("jwt", Map.of("jwks", Map.of("rotationInterval", 2))))) {
            BetterAuth.User alice = auth.signUp("alice");
            String before = alice.token();
            String unused = auth.signUp("bob").token();
            awaitAccepted(before);

            String after = await().atMost(PATIENCE)
                    .until(alice::token, token -> !key(token).equals(key(before)));
            awaitAccepted(after);
            assertThat(key(unused)).isEqualTo(key(before));
            assertThat(status(unused)).isEqualTo(200);
        }
    }

    @Test
    void anEmptyKeySetTakesNoKeysAway() throws Exception {
        Map<String, ?> forgetful = Map.of("rotationInterval", 3, "gracePeriod", 0);
        try (BetterAuth auth = start(Map.of("jwt", Map.of("jwks", forgetful)))) {
            BetterAuth.User alice = auth.signUp("alice");
            BetterAuth.User bob = auth.signUp("bob");
            Optional<String> unused = await().atMost(PATIENCE)
                    .until(
                            () -> {
                                String twin = alice.token();
                                String token = bob.token();
                                boolean known = status(twin) == 200 && key(twin).equals(key(token));
                                return known ? Optional.of(token) : Optional.<String>empty();
                            },
                            Optional::isPresent);

            await().atMost(PATIENCE).until(() -> auth.keys().isEmpty());
            int fetches = auth.fetches();
            await().atMost(PATIENCE).until(() -> {
                assertThat(status(invented(auth, 0))).isEqualTo(401);
                return auth.fetches() > fetches;
            });
            assertThat(status(unused.orElseThrow())).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> status(alice.token()) == 200);
        }
    }

    @Test
    void inventedKeysHammerNobodyAndHoldNobodyUp() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try (BetterAuth auth = start(Map.of())) {
            BetterAuth.User alice = auth.signUp("alice");
            String token = alice.token();
            awaitAccepted(token);
            int before = auth.fetches();
            long start = System.nanoTime();
            AtomicBoolean over = new AtomicBoolean();
            Future<Integer> served = clients.submit(() -> {
                int requests = 0;
                for (; !over.get() || requests == 0; requests++) {
                    assertThat(status(token)).isEqualTo(200);
                }
                return requests;
            });
            // Longer than two pauses between fetches, so that a limit which is never lifted would show as well.
            await().atMost(PATIENCE).until(() -> {
                List<Future<Integer>> flood = IntStream.range(0, 200)
                        .mapToObj(n -> clients.submit(() -> status(invented(auth, n))))
                        .toList();
                for (Future<Integer> answer : flood) {
                    assertThat(answer.get()).isEqualTo(401);
                }
                return System.nanoTime() - start > 2 * ANOTHER_FETCH.toNanos();
            });
            over.set(true);
            assertThat(served.get()).isPositive();
            long pauses = 1 + Duration.ofNanos(System.nanoTime() - start).dividedBy(ANOTHER_FETCH);
            assertThat((long) auth.fetches() - before).isBetween(2L, FETCHES_AT_ONCE + pauses);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void theAudienceMayBeOneOfSeveral() throws Exception {
        try (BetterAuth auth = start(Map.of("audience", List.of("https://other.example", BetterAuth.url(port))))) {
            String token = auth.signUp("alice").token();
            assertThat(claims(token).path("aud").isArray()).isTrue();
            awaitAccepted(token);
        }
        try (BetterAuth auth = start(Map.of("audience", List.of("https://other.example")))) {
            assertThat(await().atMost(PATIENCE)
                            .until(
                                    () -> todo.get(
                                            "/api/me/tasks",
                                            auth.signUp("alice").token()),
                                    answer -> answer.body().contains("audience"))
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void nothingButTheRegisteredClaimsIsNeeded() throws Exception {
        try (BetterAuth auth = start(Map.of("registeredClaimsOnly", true))) {
            String token = auth.signUp("alice").token();
            assertThat(claims(token).propertyNames()).containsOnly("sub", "iat", "exp", "iss", "aud");
            awaitAccepted(token);
        }
    }

    @Test
    void aTokenSignedByHandWithTheSharedSecretIsAccepted() throws Exception {
        try (BetterAuth auth = start(Map.of())) {
            BetterAuth.User alice = auth.signUp("alice");
            String token = alice.tokenSignedByHand();
            assertThat(header(token).path("alg").asString()).isEqualTo("HS256");
            assertThat(todo.get("/api/" + alice.id() + "/tasks", token).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatStandsForASessionIsNoToken() throws Exception {
        Map<String, ?> cached = Map.of("cookieCache", Map.of("enabled", true, "strategy", "jwt"));
        for (boolean signedByIssuer : List.of(false, true)) {
            try (BetterAuth auth =
                    start(Map.of("session", cached, "jwt", Map.of("sessionCookieCache", signedByIssuer)))) {
                BetterAuth.User alice = auth.signUp("alice");
                awaitAccepted(alice.token());
                String cookie = alice.cookie("better-auth.session_data");
                assertThat(header(cookie).path("alg").asString()).isEqualTo(signedByIssuer ? "EdDSA" : "HS256");
                assertThat(status(cookie)).isEqualTo(401);
                assertThat(status(alice.session())).isEqualTo(401);
                assertThat(status(alice.cookie("better-auth.session_token"))).isEqualTo(401);
            }
        }
    }

    @Test
    void theLinesInTheReadmeAreTypeScriptAndWork() throws Exception {
        try (BetterAuth auth = start(Map.of())) {
            BetterAuth.User alice = auth.signUp("alice");
            awaitAccepted(alice.token());
            assertThat(todo.post("/api/me/tasks", alice.token(), "{\"title\": \"Read the README\"}")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(ReadmeExample.run(auth.url(), todo.uri("/").toString(), alice.email()))
                    .containsExactly("Read the README");
        }
    }

    private static BetterAuth start(Map<String, ?> settings) throws Exception {
        return BetterAuth.start(port, SECRET, settings);
    }

    private static String invented(BetterAuth auth, int n) {
        return TestToken.of("mallory", InstantSource.system())
                .with("iss", auth.url())
                .with("aud", auth.url())
                .withHeader("kid", "invented-" + n)
                .signedBy(InventedKey.KEY);
    }

    private static final class InventedKey {
        private static final TestKey KEY = TestKey.of("EdDSA", "invented");
    }

    private static void awaitAccepted(String token) {
        await().pollDelay(Duration.ZERO).atMost(PATIENCE).until(() -> status(token) == 200);
    }

    private static int status(String token) throws Exception {
        return todo.get("/api/me/tasks", token).statusCode();
    }

    private static List<String> titles(String token) throws Exception {
        List<String> titles = new ArrayList<>();
        json(todo.get("/api/me/tasks", token))
                .path("items")
                .forEach(task -> titles.add(task.path("title").asString()));
        return titles;
    }

    private static String key(String token) {
        return header(token).path("kid").asString();
    }

    private static JsonNode header(String token) {
        return part(token, 0);
    }

    private static JsonNode claims(String token) {
        return part(token, 1);
    }

    private static JsonNode part(String token, int index) {
        return JsonMapper.shared().readTree(new Base64URL(token.split("\\.", -1)[index]).decodeToString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
