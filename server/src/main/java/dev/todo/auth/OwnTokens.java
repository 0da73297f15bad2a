package dev.todo.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The access tokens that this server issues itself (RFC 9068). Each belongs to a session, and ends with it. */
public final class OwnTokens {
    public static final Duration LIFETIME = Duration.ofMinutes(15);
    static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    static final String SESSION = "sid";
    private static final Pattern SESSION_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final String issuer;
    private final @Nullable JWSSigner signer;
    private final @Nullable OwnKey key;
    private final InstantSource clock;
    private final ClaimRules rules;

    /** With a key of its own the server signs with that, else with the shared secret; with neither it issues none. */
    public OwnTokens(String issuer, @Nullable OwnKey key, @Nullable String secret, InstantSource clock) {
        this.issuer = issuer;
        this.key = key;
        this.signer = key != null ? key.signer() : secret == null ? null : macSigner(secret);
        this.clock = clock;
        this.rules = new ClaimRules(issuer, issuer, clock);
    }

    public boolean canBeIssued() {
        return signer != null;
    }

    public String issue(String userId, String session) {
        if (signer == null) {
            throw new IllegalStateException("This server has nothing to sign tokens with.");
        }
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(issuer)
                .subject(userId)
                .claim(SESSION, session)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .build();
        SignedJWT token = new SignedJWT(header(), claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private JWSHeader header() {
        return key == null
                ? new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).build()
                : new JWSHeader.Builder(JWSAlgorithm.EdDSA)
                        .type(TYPE)
                        .keyID(key.id())
                        .build();
    }

    public @Nullable OwnKey key() {
        return key;
    }

    /** Whether the token, whose signature is good, says that it is one of ours. */
    boolean areClaimedBy(SignedJWT token) {
        Map<String, Object> claims = token.getPayload().toJSONObject();
        return claims != null && issuer.equals(claims.get("iss"));
    }

    /** A token that names our own key. The caller has the time: one signature takes a tenth of a millisecond. */
    AccessToken verifySigned(SignedJWT token) {
        if (key == null || !key.hasSigned(token)) {
            throw new TokenRefused(Refusal.BAD_SIGNATURE);
        }
        if (!areClaimedBy(token)) {
            throw new TokenRefused(Refusal.WRONG_ISSUER);
        }
        return verify(token);
    }

    AccessToken verify(SignedJWT token) {
        AccessToken good = rules.verify(token);
        Object session = token.getPayload().toJSONObject().get(SESSION);
        if (!TYPE.equals(token.getHeader().getType())
                || !(session instanceof String id)
                || !SESSION_ID.matcher(id).matches()) {
            throw new TokenRefused(Refusal.BAD_CLAIMS);
        }
        return good.ofSession(id);
    }

    private static JWSSigner macSigner(String secret) {
        try {
            return new MACSigner(secret);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("The secret is too short", e);
        }
    }
}
