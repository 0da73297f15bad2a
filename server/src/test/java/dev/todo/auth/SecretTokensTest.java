package dev.todo.auth;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.util.Base64URL;
import dev.todo.auth.AuthSettings.Jwks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules for a token, shown with the shared secret; what attackers send stands in {@code TokenAttackTest}. */
class SecretTokensTest {
    private static final String SECRET = "a secret of thirty-two bytes, or more";
    private static final TestClock CLOCK = new TestClock();
    private static final long NOW = TestClock.START.getEpochSecond();
    private static final TestToken GOOD = TestToken.of("alice", CLOCK);
    private static final TestKey OWN_KEY = TestKey.of("ES256", "mine");

    private final TokenVerifier verifier = Verifiers.of(settings(null, null), CLOCK);

    static Stream<Arguments> accepted() {
        return Stream.of(
                arguments("without a type", GOOD, "alice"),
                arguments("of type JWT", GOOD.withHeader("typ", "JWT"), "alice"),
                arguments("of type at+jwt", GOOD.withHeader("typ", "at+jwt"), "alice"),
                arguments("with a key id", GOOD.withHeader("kid", "whatever"), "alice"),
                arguments("with its last second to go", GOOD.with("exp", NOW + 1), "alice"),
                arguments("with a fraction of a second", GOOD.with("exp", NOW + 1.5), "alice"),
                arguments(
                        "from a clock a little ahead",
                        GOOD.with("iat", NOW + 60).with("nbf", NOW + 60),
                        "alice"),
                arguments("without iat", GOOD.without("iat"), "alice"),
                arguments("for a user with 255 emoji", GOOD.with("sub", "🎉".repeat(255)), "🎉".repeat(255)),
                arguments(
                        "for a UUID",
                        GOOD.with("sub", "2f1e9a3c-7a0e-4b55-9c0b-6b0f0a2f3d11"),
                        "2f1e9a3c-7a0e-4b55-9c0b-6b0f0a2f3d11"),
                arguments(
                        "from any issuer for any audience",
                        GOOD.with("iss", "x").with("aud", List.of("y")),
                        "alice"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void acceptsToken(String name, TestToken token, String user) {
        new Verdicts(verifier).accepts(token.signedWith(SECRET), user);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("empty", "", Refusal.MALFORMED),
                arguments("a header that is null", part("null") + ".e30.c2ln", Refusal.MALFORMED),
                arguments("a header that is a list", part("[]") + ".e30.c2ln", Refusal.MALFORMED),
                arguments("a header without alg", part("{}") + ".e30.c2ln", Refusal.MALFORMED),
                arguments(
                        "a header of brackets", part("{\"alg\":" + "[".repeat(4000)) + ".e30.c2ln", Refusal.MALFORMED),
                arguments("RS256 without an issuer", GOOD.signedBy(TestKey.of("RS256", "k")), Refusal.WRONG_ALGORITHM),
                arguments("EdDSA without an issuer", GOOD.signedBy(TestKey.of("EdDSA", "k")), Refusal.WRONG_ALGORITHM),
                arguments(
                        "RS256 signed with the secret",
                        GOOD.withHeader("alg", "RS256").signedWith(SECRET),
                        Refusal.WRONG_ALGORITHM),
                arguments(
                        "its own key in the header",
                        GOOD.withHeader("jwk", OWN_KEY.published()).signedBy(OWN_KEY),
                        Refusal.WRONG_ALGORITHM),
                arguments(
                        "a type of another kind",
                        GOOD.withHeader("typ", "logout+jwt").signedWith(SECRET),
                        Refusal.UNSUPPORTED_HEADER),
                arguments("claims that are a number", signedText("7"), Refusal.BAD_CLAIMS),
                arguments("claims that are null", signedText("null"), Refusal.BAD_CLAIMS),
                arguments(
                        "a claim given twice",
                        signedText("{\"sub\":\"a\",\"sub\":\"b\",\"exp\":9999999999}"),
                        Refusal.BAD_CLAIMS),
                arguments("expired this second", GOOD.with("exp", NOW).signedWith(SECRET), Refusal.EXPIRED),
                arguments("nbf in the future", GOOD.with("nbf", NOW + 61).signedWith(SECRET), Refusal.NOT_YET_VALID),
                arguments("iat in the future", GOOD.with("iat", NOW + 61).signedWith(SECRET), Refusal.NOT_YET_VALID),
                arguments(
                        "only userId",
                        GOOD.without("sub").with("userId", "alice").signedWith(SECRET),
                        Refusal.BAD_SUBJECT),
                arguments(
                        "sub with half a character",
                        signedText("{\"sub\":\"a\\ud83c\",\"exp\":9999999999}"),
                        Refusal.BAD_SUBJECT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesToken(String name, String token, Refusal refusal) {
        new Verdicts(verifier).refuses(token, refusal);
    }

    @Test
    void checksIssuerAndAudienceWhereTheyAreConfigured() {
        var strict = Verifiers.of(settings("https://app.example.com", "todo"), CLOCK);
        TestToken good = GOOD.with("iss", "https://app.example.com").with("aud", List.of("other", "todo"));

        new Verdicts(strict).accepts(good.signedWith(SECRET), "alice");
        new Verdicts(strict).refuses(good.without("iss").signedWith(SECRET), Refusal.WRONG_ISSUER);
        new Verdicts(strict)
                .refuses(good.with("iss", "https://evil.example.com").signedWith(SECRET), Refusal.WRONG_ISSUER);
        new Verdicts(strict).refuses(good.without("aud").signedWith(SECRET), Refusal.WRONG_AUDIENCE);
        new Verdicts(strict).refuses(good.with("aud", "other").signedWith(SECRET), Refusal.WRONG_AUDIENCE);
        new Verdicts(strict).refuses(good.with("aud", Map.of("todo", 1)).signedWith(SECRET), Refusal.WRONG_AUDIENCE);
    }

    @Test
    void forgetsTokenWhenItExpires() {
        var clock = new TestClock();
        var verifier = Verifiers.of(settings(null, null), clock);
        String token = TestToken.of("alice", clock).signedWith(SECRET);

        for (int minutes = 0; minutes < 15; minutes++) {
            new Verdicts(verifier).accepts(token, "alice");
            clock.advance(Duration.ofMinutes(1));
        }
        new Verdicts(verifier).refuses(token, Refusal.EXPIRED);
    }

    private static AuthSettings settings(@Nullable String issuer, @Nullable String audience) {
        return new AuthSettings(SECRET, null, issuer, audience, new Jwks(null));
    }

    private static String signedText(String claims) {
        return TestToken.signedText("{\"alg\":\"HS256\"}", claims, SECRET);
    }

    private static String part(String text) {
        return Base64URL.encode(text).toString();
    }
}
