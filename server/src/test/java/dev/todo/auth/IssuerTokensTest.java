package dev.todo.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.todo.auth.AuthSettings.Jwks;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule for a token that an issuer signs with a key of its own. */
class IssuerTokensTest {
    private static final String SECRET = "a secret of thirty-two bytes, or more";
    private final TestClock clock = new TestClock();
    private final FakeIssuer issuer = new FakeIssuer(clock);
    private final TokenVerifier verifier =
            Verifiers.of(new AuthSettings(SECRET, issuer.url() + "/api/auth/", null, null, new Jwks(null)), clock);
    private final Verdicts verdicts = new Verdicts(verifier);

    @AfterEach
    void stop() {
        issuer.close();
        verifier.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EdDSA", "ES256", "ES512", "RS256", "PS256"})
    void acceptsToken(String algorithm) {
        TestKey key = TestKey.of(algorithm, "k");
        issuer.publish(issuer.key(), key);

        verdicts.accepts(issuer.draft("alice").signedBy(key), "alice");
        verdicts.accepts(
                issuer.draft("bob").with("aud", List.of("x", issuer.url())).signedBy(key), "bob");
        refuses(issuer.draft("mallory").tampered(issuer.draft("alice").signedBy(key)), Refusal.BAD_SIGNATURE);
        TestKey impostor = TestKey.of(algorithm, "k");
        refuses(issuer.draft("alice").signedBy(impostor), Refusal.BAD_SIGNATURE);
    }

    @Test
    void acceptsTokenOfTheSecretBesidesThoseOfTheIssuer() {
        verdicts.accepts(TestToken.of("alice", clock).signedWith(SECRET), "alice");
        verdicts.accepts(issuer.token("alice"), "alice");
    }

    @Test
    void refusesWhatTheSecretIsNotThereFor() {
        var verifier = Verifiers.of(new AuthSettings(null, issuer.url(), null, null, new Jwks(null)), clock);
        try (verifier) {
            String token = TestToken.of("alice", clock).signedWith(SECRET);
            new Verdicts(verifier).refuses(token, Refusal.WRONG_ALGORITHM);
        }
    }

    @Test
    void refusesWeakKeysAndOtherCurves() {
        TestKey small = TestKey.rsa("RS256", "small", 1024);
        TestKey other = TestKey.of("ES384", "other");
        issuer.publish(small, other);

        refuses(issuer.draft("alice").signedBy(small), Refusal.BAD_SIGNATURE);
        refuses(issuer.draft("alice").signedBy(other), Refusal.WRONG_ALGORITHM);
        TestKey wrongCurve = new TestKey("ES256", "other", other.pair());
        issuer.publish(wrongCurve);
        refuses(issuer.draft("alice").withHeader("kid", "new").signedBy(wrongCurve), Refusal.UNKNOWN_KEY);
        refuses(issuer.draft("alice").signedBy(wrongCurve), Refusal.BAD_SIGNATURE);
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "'\"use\": \"sig\",', true",
        "'\"key_ops\": [\"verify\"],', true",
        "'\"use\": \"enc\",', false",
        "'\"key_ops\": [\"encrypt\"],', false",
        "'\"key_ops\": [\"deriveKey\"],', false"
    })
    void usesKeysForSignaturesOnly(String purpose, boolean usable) throws ParseException {
        TestKey key = TestKey.of("ES256", "k");
        String json = JSONObjectUtils.toJSONString(key.published());
        JWK published = JWK.parse("{" + purpose + json.substring(1));
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k").build();

        assertThat(IssuerKeys.selector(header).select(new JWKSet(published))).hasSize(usable ? 1 : 0);
    }

    /** ECDSA takes (r, n - s) for (r, s), so anybody can make a second signature to a token. */
    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES512"})
    void isTheSameTokenUnderTheOtherOfItsSignatures(String algorithm) {
        TestKey key = TestKey.of(algorithm, "k");
        issuer.publish(key);
        String token = issuer.draft("alice").signedBy(key);
        String twin =
                twin(token, ((ECPublicKey) key.pair().getPublic()).getParams().getOrder());

        assertThat(twin).isNotEqualTo(token);
        assertThat(id(twin))
                .isEqualTo(id(token))
                .isNotEqualTo(id(issuer.draft("bob").signedBy(key)));
    }

    private String id(String token) {
        return Objects.requireNonNull(
                verifier.verify(token).map(AccessToken::id).block(Verdicts.PATIENCE));
    }

    private static String twin(String token, BigInteger order) {
        int dot = token.lastIndexOf('.');
        byte[] signature = new Base64URL(token.substring(dot + 1)).decode();
        int half = signature.length / 2;
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, half, signature.length));
        byte[] other = order.subtract(s).toByteArray();
        for (int i = 0; i < half; i++) {
            signature[signature.length - 1 - i] = i < other.length ? other[other.length - 1 - i] : 0;
        }
        return token.substring(0, dot + 1) + Base64URL.encode(signature);
    }

    @Test
    void knownTokenIsAnsweredOnTheSameThread() {
        String token = issuer.token("alice");
        verdicts.accepts(token, "alice");
        Thread[] seen = new Thread[1];
        verifier.verify(token)
                .doOnNext(caller -> seen[0] = Thread.currentThread())
                .subscribe();
        assertThat(seen[0]).isSameAs(Thread.currentThread());
    }

    private void refuses(String token, Refusal refusal) {
        verdicts.refuses(token, refusal);
    }
}
