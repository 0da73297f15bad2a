package dev.todo.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.todo.auth.AuthSettings.Jwks;
import dev.todo.auth.Revocations.Revoked;
import dev.todo.problem.StartRefused;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tokens that the server issues itself: what they say, which key they are signed with, and how they end. */
class OwnTokensTest {
    private static final String SECRET = "the-present-secret-0123456789-0123456789";
    private static final String PREVIOUS = "the-previous-secret-0123456789-0123456789";
    private static final AuthSettings SETTINGS = new AuthSettings(SECRET, null, null, null, new Jwks(null));

    private final TestClock clock = new TestClock();
    private final Revocations revocations = new Revocations();

    @Test
    void saysWhatAnAccessTokenSays() throws Exception {
        SignedJWT token = SignedJWT.parse(signedBy(SECRET).issue("alice", "session"));

        assertThat(token.getHeader().toJSONObject())
                .containsEntry("alg", "HS256")
                .containsEntry("typ", "at+jwt");
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getClaims().keySet())
                .containsExactlyInAnyOrder("iss", "aud", "sub", "sid", "jti", "iat", "exp");
        assertThat(claims.getIssueTime().toInstant()).isEqualTo(clock.instant());
        assertThat(claims.getExpirationTime().toInstant())
                .isEqualTo(clock.instant().plus(Duration.ofMinutes(15)));
    }

    @Test
    void tokensOfThePreviousSecretAreGoodWhileItIsSet() {
        String old = signedBy(PREVIOUS).issue("alice", "session");

        new Verdicts(verifier(signedBy(SECRET), List.of(SECRET, PREVIOUS))).accepts(old, "alice");
        new Verdicts(verifier(signedBy(SECRET), List.of(SECRET))).refuses(old, Refusal.BAD_SIGNATURE);
    }

    @Test
    void aKeyOfItsOwnSignsInsteadOfTheSecret() throws Exception {
        OwnKey key = OwnKey.parse(newKey());
        OwnTokens own = new OwnTokens("todo-api", key, SECRET, clock);
        String token = own.issue("alice", "session");

        assertThat(SignedJWT.parse(token).getHeader().toJSONObject())
                .containsEntry("alg", "EdDSA")
                .containsEntry("kid", key.id());
        Verdicts verdicts = new Verdicts(verifier(own, List.of(SECRET)));
        verdicts.accepts(token, "alice");
        verdicts.accepts(signedBy(SECRET).issue("bob", "session"), "bob");
        OwnKey other = OwnKey.parse(newKey());
        verdicts.refuses(new OwnTokens("todo-api", other, null, clock).issue("eve", "s"), Refusal.WRONG_ALGORITHM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage!", "AAAA", "MC4CAQAwBQYDK2VuBCIEIHBgPSpwqRrlYB7Gs8ChAxSaNb0mcG3bTGzVYZXYRWp1"})
    void refusesWhatIsNoKey(String setting) {
        assertThatThrownBy(() -> OwnKey.parse(setting))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("ACCOUNTS_SIGNING_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "at+jwt"})
    void aTokenInOurNameNeedsASession(String type) throws Exception {
        Verdicts verdicts = new Verdicts(verifier(signedBy(SECRET), List.of(SECRET)));
        var header = new com.nimbusds.jose.JWSHeader.Builder(com.nimbusds.jose.JWSAlgorithm.HS256)
                .type(new com.nimbusds.jose.JOSEObjectType(type))
                .build();
        SignedJWT token = new SignedJWT(
                header,
                new JWTClaimsSet.Builder()
                        .issuer("todo-api")
                        .audience("todo-api")
                        .subject("alice")
                        .expirationTime(Date.from(clock.instant().plusSeconds(60)))
                        .claim("sid", type.equals("JWT") ? "session" : null)
                        .build());
        token.sign(new MACSigner(SECRET));
        verdicts.refuses(token.serialize(), Refusal.BAD_CLAIMS);
    }

    @Test
    void endsWithItsSession() {
        Verdicts verdicts = new Verdicts(verifier(signedBy(SECRET), List.of(SECRET)));
        String first = signedBy(SECRET).issue("alice", "first");
        String second = signedBy(SECRET).issue("alice", "second");
        verdicts.accepts(first, "alice");

        revocations.add(new Revoked("first", clock.instant(), clock.instant().plus(OwnTokens.LIFETIME)));

        verdicts.refuses(first, Refusal.REVOKED);
        verdicts.accepts(second, "alice");
        revocations.forget(clock.instant().plus(OwnTokens.LIFETIME));
        verdicts.accepts(first, "alice");
    }

    @Test
    void nothingIsTrustedBeforeItIsKnownWhatWasRevoked() {
        TokenVerifier starting =
                new TokenVerifier(SETTINGS, List.of(SECRET), signedBy(SECRET), new Revocations(), clock);
        new Verdicts(starting).cannotTell(signedBy(SECRET).issue("alice", "session"));
    }

    private TokenVerifier verifier(OwnTokens own, List<String> secrets) {
        revocations.areKnown();
        return new TokenVerifier(SETTINGS, secrets, own, revocations, clock);
    }

    private OwnTokens signedBy(String secret) {
        return new OwnTokens("todo-api", null, secret, clock);
    }

    private static String newKey() throws Exception {
        byte[] key = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        return Base64.getEncoder().encodeToString(key);
    }
}
