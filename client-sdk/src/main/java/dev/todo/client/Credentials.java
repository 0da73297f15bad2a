package dev.todo.client;

import dev.todo.client.Tokens.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How a client gets its access tokens.
 *
 * <pre>{@code
 * TodoClient todo = TodoClient.builder()
 *         .baseUrl("https://todo.example")
 *         .credentials(Credentials.password("alice@example.com", System.getenv("TODO_PASSWORD")))
 *         .build();
 * }</pre>
 */
public final class Credentials {
    private final Function<Engine, Tokens> source;

    private Credentials(Function<Engine, Tokens> source) {
        this.source = source;
    }

    Tokens tokens(Engine engine) {
        return source.apply(engine);
    }

    /** None: for registering, and for what needs no token. */
    public static Credentials none() {
        return new Credentials(engine -> Tokens.fixed(null));
    }

    /** One token, which is used as long as it is good. */
    public static Credentials token(String accessToken) {
        Objects.requireNonNull(accessToken, "accessToken");
        check(accessToken);
        return new Credentials(engine -> Tokens.fixed(accessToken));
    }

    /**
     * Tokens of another issuer, such as Better Auth. The supplier is asked when there is none, shortly before the
     * {@code exp} of the last one, and once when the server refuses it; by one thread at a time, and it may block.
     *
     * <pre>{@code
     * HttpClient http = HttpClient.newHttpClient();
     * Credentials betterAuth = Credentials.supplier(() -> {
     *     HttpRequest request = HttpRequest.newBuilder(URI.create("https://app.example/api/auth/token"))
     *             .header("Cookie", System.getenv("BETTER_AUTH_COOKIE"))
     *             .build();
     *     String json = http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join().body();
     *     return json.replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
     * });
     * }</pre>
     */
    public static Credentials supplier(Supplier<String> supplier) {
        return new Credentials(engine -> Tokens.from(
                () -> CompletableFuture.supplyAsync(supplier, engine.pool).thenApply(Credentials::expiring)));
    }

    /** The same for a supplier that does not block. */
    public static Credentials asyncSupplier(Supplier<? extends CompletionStage<String>> supplier) {
        return new Credentials(
                engine -> Tokens.from(() -> supplier.get().toCompletableFuture().thenApply(Credentials::expiring)));
    }

    /** A session of this server's own: logs in when it is first needed, and refreshes by itself. */
    public static Credentials password(String email, String password) {
        return password(email, password, TokenStore.inMemory(null));
    }

    /** The same; the session is taken up again where the store has its refresh token. */
    public static Credentials password(String email, String password, TokenStore store) {
        Session.Login login =
                new Session.Login(Objects.requireNonNull(email, "email"), Objects.requireNonNull(password, "password"));
        Objects.requireNonNull(store, "store");
        return new Credentials(engine -> Tokens.of(new Session(engine, store, login)));
    }

    /** A session that somebody has begun already, without the password: it ends when its refresh token does. */
    public static Credentials session(TokenStore store) {
        Objects.requireNonNull(store, "store");
        return new Credentials(engine -> Tokens.of(new Session(engine, store, null)));
    }

    private static Token expiring(String accessToken) {
        Objects.requireNonNull(accessToken, "the supplier gave no access token");
        check(accessToken);
        Instant now = Instant.now();
        Instant expiry = Json.expiry(accessToken);
        return expiry == null || !expiry.isAfter(now)
                ? new Token(accessToken, now, now)
                : Token.lasting(accessToken, now, Duration.between(now, expiry));
    }

    static void check(String accessToken) {
        if (!accessToken.matches("[!-~]+")) {
            throw new IllegalArgumentException(
                    "an access token has visible ASCII characters only, and no word Bearer before it");
        }
    }

    @Override
    public String toString() {
        return "Credentials";
    }
}
