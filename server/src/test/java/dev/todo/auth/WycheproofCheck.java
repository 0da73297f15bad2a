package dev.todo.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds the verifier to Wycheproof's vectors for JSON Web Signatures. They are not kept here; who has them runs
 * {@code ./mvnw verify -pl server -am -DskipITs -Dtest=WycheproofCheck -Dsurefire.failIfNoSpecifiedTests=false
 * -Dwycheproof=.../testvectors_v1/json_web_signature_test.json}.
 */
class WycheproofCheck {
    /** The contents of a vector are no claims: whoever gets as far as reading them has accepted the signature. */
    private static final ClaimRules RULES = new ClaimRules(null, null, InstantSource.system());

    private static final OwnTokens NOT_OURS = new OwnTokens("todo-api", null, null, InstantSource.system());

    private static final Set<String> ACCEPTED = Set.of("HS256", "RS256", "PS256", "ES256", "ES512", "EdDSA");

    /** Signatures over text that is not base64url: the vectors leave decoders the choice, ours is strict. */
    private static final Set<Integer> NOT_CANONICAL = Set.of(372, 373);

    /** From RFC 7520, but the key names another algorithm than the header, or one that does not exist. */
    private static final Set<Integer> KEY_NAMES_ANOTHER_ALGORITHM = Set.of(346, 347, 350, 351);

    /** Said to be padded wrongly, but letter by letter the same as 357, which is valid. */
    private static final Set<Integer> LOST_THEIR_PADDING = Set.of(367, 370);

    record Vector(JsonNode group, JsonNode test) {
        int id() {
            return test.path("tcId").asInt();
        }

        boolean isValid() {
            boolean valid = test.path("result").asString().equals("valid") || LOST_THEIR_PADDING.contains(id());
            return valid
                    && ACCEPTED.contains(algorithm())
                    && !NOT_CANONICAL.contains(id())
                    && !KEY_NAMES_ANOTHER_ALGORITHM.contains(id());
        }

        private String algorithm() {
            String header = test.path("jws").asString().split("\\.", -1)[0];
            return JsonMapper.shared()
                    .readTree(new Base64URL(header).decode())
                    .path("alg")
                    .asString();
        }

        @Override
        public String toString() {
            return id() + " " + group.path("comment").asString() + " "
                    + test.path("comment").asString();
        }
    }

    static Stream<Vector> vectors() throws IOException {
        Path file = Path.of(Objects.requireNonNull(System.getProperty("wycheproof"), "Say where: -Dwycheproof=..."));
        return JsonMapper.shared()
                .readTree(Files.readString(file))
                .path("testGroups")
                .valueStream()
                .flatMap(group -> group.path("tests").valueStream().map(test -> new Vector(group, test)));
    }

    @Test
    void thereIsMuchToAgreeOn() throws IOException {
        assertThat(vectors()).hasSizeGreaterThan(300);
        assertThat(vectors().filter(Vector::isValid)).hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agrees(Vector vector) throws ParseException {
        assertThat(isAccepted(vector)).as(vector.toString()).isEqualTo(vector.isValid());
    }

    private static boolean isAccepted(Vector vector) throws ParseException {
        JsonNode key = vector.group().path(vector.group().has("public") ? "public" : "private");
        String token = vector.test().path("jws").asString();
        try {
            SignedJWT parsed = TokenVerifier.parse(token);
            return key.path("kty").asString().equals("oct")
                    ? isBySecret(new Base64URL(key.path("k").asString()).decode(), parsed)
                    : isByIssuer(JWK.parse(key.toString()), parsed);
        } catch (TokenRefused refused) {
            return false;
        }
    }

    private static boolean isBySecret(byte[] secret, SignedJWT token) {
        try {
            new SecretTokens(List.of(secret), RULES, NOT_OURS).verify(token);
            return true;
        } catch (TokenRefused refused) {
            return refused.refusal() != Refusal.BAD_SIGNATURE;
        }
    }

    private static boolean isByIssuer(JWK key, SignedJWT token) {
        return Signatures.ACCEPTED.contains(token.getHeader().getAlgorithm())
                && IssuerKeys.selector(token.getHeader()).select(new JWKSet(key)).stream()
                        .anyMatch(found -> Signatures.isBy(found, token));
    }
}
