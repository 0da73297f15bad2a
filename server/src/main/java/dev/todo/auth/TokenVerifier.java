package dev.todo.auth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import dev.todo.auth.VerifiedTokens.Hash;
import dev.todo.auth.VerifiedTokens.Known;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Says who a bearer token speaks for, by the rules of RFC 8725: the algorithm decides whether the secret or the issuer's
 * keys are asked, and nothing in a token's header can bring a key of its own.
 */
public final class TokenVerifier implements AutoCloseable {
    private static final int LONGEST = 8 * 1024;
    private static final Set<JOSEObjectType> TYPES = Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"));

    private final @Nullable SecretTokens secretTokens;
    private final @Nullable IssuerTokens issuerTokens;
    private final VerifiedTokens verified = new VerifiedTokens();
    private final OwnTokens ownTokens;
    private final Revocations revocations;
    private final InstantSource clock;

    /** {@code secrets}: the one of the settings, and any that is still accepted while it takes over. */
    public TokenVerifier(
            AuthSettings settings,
            List<String> secrets,
            OwnTokens ownTokens,
            Revocations revocations,
            InstantSource clock) {
        this.clock = clock;
        this.ownTokens = ownTokens;
        this.revocations = revocations;
        secretTokens = secrets.isEmpty()
                ? null
                : new SecretTokens(
                        bytes(secrets), new ClaimRules(settings.issuer(), settings.audience(), clock), ownTokens);
        URL keysUrl = settings.keysUrl();
        issuerTokens = keysUrl == null ? null : issuerTokens(settings, keysUrl, clock);
    }

    private static List<byte[]> bytes(List<String> secrets) {
        return secrets.stream()
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static IssuerTokens issuerTokens(AuthSettings settings, URL keysUrl, InstantSource clock) {
        String issuer = Objects.requireNonNullElse(settings.issuer(), settings.origin());
        String audience = Objects.requireNonNullElse(settings.audience(), settings.origin());
        return new IssuerTokens(new IssuerKeys(keysUrl, clock), new ClaimRules(issuer, audience, clock));
    }

    /** Begins to fetch the issuer's keys, if there is an issuer. */
    public void start() {
        if (issuerTokens != null) {
            issuerTokens.start();
        }
    }

    /** Whether every source of keys has been loaded. */
    public boolean ready() {
        return issuerTokens == null || issuerTokens.ready();
    }

    /** Ends with {@link TokenRefused}, or with a problem when the issuer's keys are needed and out of reach. */
    public Mono<AccessToken> verify(String token) {
        if (token.length() > LONGEST) {
            return Mono.error(new TokenRefused(Refusal.TOO_LONG));
        }
        Hash hash = Hash.of(token);
        Known known = verified.find(hash, now());
        if (known == null) {
            return verifyAnew(token, hash).doOnNext(this::ensureNotRevoked);
        }
        return revocations.cover(known.token()) ? Mono.error(new TokenRefused(Refusal.REVOKED)) : known.answer();
    }

    private Mono<AccessToken> verifyAnew(String token, Hash hash) {
        try {
            return verify(parse(token)).doOnNext(good -> verified.remember(hash, good, now()));
        } catch (TokenRefused refused) {
            return Mono.error(refused);
        }
    }

    /** For a token that was found good; it may have been revoked since. */
    public void ensureNotRevoked(AccessToken token) {
        if (revocations.cover(token)) {
            throw new TokenRefused(Refusal.REVOKED);
        }
    }

    private Mono<AccessToken> verify(SignedJWT token) {
        JWSAlgorithm algorithm = token.getHeader().getAlgorithm();
        if (secretTokens != null && JWSAlgorithm.HS256.equals(algorithm)) {
            return Mono.just(secretTokens.verify(token));
        }
        OwnKey ownKey = ownTokens.key();
        if (ownKey != null
                && JWSAlgorithm.EdDSA.equals(algorithm)
                && ownKey.id().equals(token.getHeader().getKeyID())) {
            return Mono.just(ownTokens.verifySigned(token));
        }
        if (issuerTokens != null && Signatures.ACCEPTED.contains(algorithm)) {
            return issuerTokens.verify(token);
        }
        throw new TokenRefused(Refusal.WRONG_ALGORITHM);
    }

    static SignedJWT parse(String token) {
        if (!Arrays.stream(token.split("\\.", -1)).allMatch(TokenVerifier::isCanonical)) {
            throw new TokenRefused(Refusal.MALFORMED);
        }
        JWT parsed;
        try {
            parsed = JWTParser.parse(token);
        } catch (ParseException | RuntimeException e) {
            // Nimbus answers some garbage with a NullPointerException, such as a header that is the JSON null.
            throw new TokenRefused(Refusal.MALFORMED);
        }
        if (!(parsed instanceof SignedJWT signed)) {
            throw new TokenRefused(Refusal.NOT_SIGNED);
        }
        if (!isPlain(signed.getHeader())) {
            throw new TokenRefused(Refusal.UNSUPPORTED_HEADER);
        }
        return signed;
    }

    /** Nimbus decodes leniently; but whoever spells a token in another way than its issuer must not pass. */
    private static boolean isCanonical(String part) {
        return Base64URL.encode(new Base64URL(part).decode()).toString().equals(part);
    }

    /** Whether the header asks for nothing beyond a signature: an extension it calls critical is one we do not know. */
    private static boolean isPlain(JWSHeader header) {
        return (header.getType() == null || TYPES.contains(header.getType()))
                && header.getCriticalParams() == null
                && header.isBase64URLEncodePayload()
                && header.getCustomParam("zip") == null;
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    @Override
    public void close() {
        if (issuerTokens != null) {
            issuerTokens.close();
        }
    }
}
