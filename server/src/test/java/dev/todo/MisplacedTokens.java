package dev.todo;

import static dev.todo.TokenAttack.elsewhere;
import static dev.todo.TokenAttack.header;

import dev.todo.auth.Refusal;
import dev.todo.auth.TestToken;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Good tokens where no token is looked for, and what is not one where it is. */
final class MisplacedTokens {
    private MisplacedTokens() {}

    static Stream<TokenAttack> all() {
        String good = ForgedTokens.draft().signedWith(ServerTest.SECRET);
        String cookie = sessionData();
        return Stream.of(
                elsewhere("nowhere", "", client -> client.get().uri(TokenAttack.PATH)),
                elsewhere(
                        "in the query",
                        good,
                        client -> client.get().uri(TokenAttack.PATH + "?access_token={token}", good)),
                elsewhere(
                        "in a form",
                        good,
                        client -> client.post()
                                .uri(TokenAttack.PATH)
                                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                                .bodyValue("access_token=" + good)),
                elsewhere(
                        "in a cookie",
                        good,
                        client -> client.get().uri(TokenAttack.PATH).cookie("better-auth.session_token", good)),
                elsewhere(
                        "the session cookie as a cookie",
                        cookie,
                        client -> client.get().uri(TokenAttack.PATH).cookie("better-auth.session_data", cookie)),
                elsewhere(
                        "in another header",
                        good,
                        client -> client.get()
                                .uri(TokenAttack.PATH)
                                .header("X-Access-Token", good)
                                .header("Proxy-Authorization", "Bearer " + good)),
                header("without a scheme", good, good, Refusal.NO_TOKEN),
                header("as a password", good, "Basic " + basic(good), Refusal.NO_TOKEN),
                header("of another scheme", good, "DPoP " + good, Refusal.NO_TOKEN),
                header("the session cookie as a token", cookie, "Bearer " + cookie, Refusal.BAD_SUBJECT),
                header("twice in one header", good, "Bearer " + good + ", Bearer " + good, Refusal.MALFORMED),
                header("behind another scheme", good, "Basic YTpi, Bearer " + good, Refusal.NO_TOKEN),
                twice("in two headers", good, "Bearer " + good),
                twice("beside a bad one", good, "Bearer x.y.z"),
                twice("beside another scheme", good, "Basic YTpi"));
    }

    private static TokenAttack twice(String name, String good, String other) {
        return new TokenAttack(
                name,
                good,
                Refusal.SEVERAL_HEADERS,
                client ->
                        client.get().uri(TokenAttack.PATH).header(HttpHeaders.AUTHORIZATION, "Bearer " + good, other));
    }

    /** Better Auth's own cookie with {@code cookieCache.strategy: "jwt"}: signed with the secret, and no API token. */
    private static String sessionData() {
        long now = Instant.now().getEpochSecond();
        return new TestToken(
                        Map.of("alg", "HS256"),
                        Map.of(
                                "session",
                                Map.of("token", "kZc5eYI3mVhUPSpUmTWvJgVuDXVVjPpM", "userId", "victim"),
                                "user",
                                Map.of("id", "victim", "email", "victim@app.example"),
                                "updatedAt",
                                now * 1000,
                                "version",
                                "1",
                                "iat",
                                now,
                                "exp",
                                now + 300))
                .signedWith(ServerTest.SECRET);
    }

    private static String basic(String password) {
        return Base64.getEncoder().encodeToString(("victim:" + password).getBytes(StandardCharsets.UTF_8));
    }
}
