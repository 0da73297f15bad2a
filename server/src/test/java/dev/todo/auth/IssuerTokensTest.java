package dev.todo.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.auth.AuthSettings.Jwks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule for a token that an issuer signs with a key of its own. */
class IssuerTokensTest {
    private static final String SECRET = "a secret of thirty-two bytes, or more";
    private static final Duration FETCH_INTERVAL = Duration.ofSeconds(5);

    private final TestClock clock = new TestClock();
    private final FakeIssuer issuer = new FakeIssuer(clock);
    private final TokenVerifier verifier =
            new TokenVerifier(new AuthSettings(SECRET, issuer.url() + "/api/auth/", null, null, new Jwks(null)), clock);
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
    void neverTakesOneKindOfKeyForTheOther() {
        TestKey rsa = TestKey.of("RS256", "rsa");
        issuer.publish(rsa);
        TestToken draft = issuer.draft("mallory").withHeader("kid", "rsa");

        refuses(draft.signedWith(rsa.pair().getPublic().getEncoded()), Refusal.BAD_SIGNATURE);
        refuses(draft.signedWith(String.valueOf(rsa.published().get("n"))), Refusal.BAD_SIGNATURE);
        refuses(draft.withHeader("alg", "RS256").signedWith(SECRET), Refusal.BAD_SIGNATURE);
        refuses(draft.withHeader("alg", "EdDSA").signedBy(rsa), Refusal.UNKNOWN_KEY);
        refuses(draft.withHeader("alg", "PS256").signedBy(rsa), Refusal.UNKNOWN_KEY);
        refuses(draft.unsigned(), Refusal.NOT_SIGNED);
    }

    @Test
    void refusesWhatTheSecretIsNotThereFor() {
        var verifier = new TokenVerifier(new AuthSettings(null, issuer.url(), null, null, new Jwks(null)), clock);
        try (verifier) {
            String token = TestToken.of("alice", clock).signedWith(SECRET);
            new Verdicts(verifier).refuses(token, Refusal.WRONG_ALGORITHM);
        }
    }

    @Test
    void takesNoKeyFromTheHeader() {
        TestKey own = TestKey.of("ES256", issuer.key().id());
        TestToken draft = issuer.draft("mallory");

        refuses(draft.withHeader("jwk", own.published()).signedBy(own), Refusal.UNKNOWN_KEY);
        refuses(draft.withHeader("jku", "http://127.0.0.1:1/jwks").signedBy(own), Refusal.UNKNOWN_KEY);
        refuses(draft.withHeader("x5u", "http://127.0.0.1:1/x5u").signedBy(own), Refusal.UNKNOWN_KEY);
        TestKey sameKind = TestKey.of("EdDSA", issuer.key().id());
        refuses(draft.withHeader("jwk", sameKind.published()).signedBy(sameKind), Refusal.BAD_SIGNATURE);
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
        clock.advance(FETCH_INTERVAL);
        refuses(issuer.draft("alice").withHeader("kid", "new").signedBy(wrongCurve), Refusal.UNKNOWN_KEY);
        refuses(issuer.draft("alice").signedBy(wrongCurve), Refusal.BAD_SIGNATURE);
    }

    @Test
    void checksIssuerAudienceAndTheRest() {
        TestToken good = issuer.draft("alice");
        refuses(good.without("iss"), Refusal.WRONG_ISSUER);
        refuses(good.with("iss", issuer.url() + "/"), Refusal.WRONG_ISSUER);
        refuses(good.without("aud"), Refusal.WRONG_AUDIENCE);
        refuses(good.with("aud", List.of("x", "y")), Refusal.WRONG_AUDIENCE);
        refuses(good.without("exp"), Refusal.NO_EXPIRY);
        refuses(good.without("sub").with("id", "alice"), Refusal.BAD_SUBJECT);
        refuses(good.withHeader("crit", List.of("x")).withHeader("x", 1), Refusal.UNSUPPORTED_HEADER);
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

    private void refuses(TestToken draft, Refusal refusal) {
        verdicts.refuses(draft.signedBy(issuer.key()), refusal);
    }

    private void refuses(String token, Refusal refusal) {
        verdicts.refuses(token, refusal);
    }
}
