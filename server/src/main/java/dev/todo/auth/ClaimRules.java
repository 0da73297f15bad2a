package dev.todo.auth;

import com.nimbusds.jwt.SignedJWT;
import dev.todo.auth.VerifiedTokens.Hash;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the claims of a token must say, once its signature is known to be good. They are read from the JSON itself,
 * because Nimbus' claims set turns a number in {@code sub} into a string.
 */
record ClaimRules(@Nullable String issuer, @Nullable String audience, InstantSource clock) {
    /** How far the issuer's clock may be ahead of ours. It does not lengthen a token's life. */
    private static final int CLOCK_SKEW_SECONDS = 60;

    AccessToken verify(SignedJWT token) {
        Map<String, Object> claims = token.getPayload().toJSONObject();
        if (claims == null) {
            throw new TokenRefused(Refusal.BAD_CLAIMS);
        }
        long now = clock.instant().getEpochSecond();
        Long expiry = seconds(claims, "exp");
        if (expiry == null) {
            throw new TokenRefused(Refusal.NO_EXPIRY);
        }
        refuseIf(expiry <= now, Refusal.EXPIRED);
        refuseIf(isAhead(seconds(claims, "nbf"), now) || isAhead(seconds(claims, "iat"), now), Refusal.NOT_YET_VALID);
        refuseIf(issuer != null && !issuer.equals(claims.get("iss")), Refusal.WRONG_ISSUER);
        refuseIf(audience != null && !names(claims.get("aud"), audience), Refusal.WRONG_AUDIENCE);
        return new AccessToken(
                caller(claims.get("sub")),
                id(token),
                null,
                Objects.requireNonNullElse(seconds(claims, "iat"), AccessToken.NO_TIME),
                expiry);
    }

    /** Without the signature: who has one that ECDSA takes can make a second one to the same token. */
    private static String id(SignedJWT token) {
        String text = token.getParsedString();
        return Hash.of(text.substring(0, text.lastIndexOf('.'))).toString();
    }

    private static Caller caller(@Nullable Object subject) {
        if (subject instanceof String userId && Caller.isUserId(userId)) {
            return new Caller(userId);
        }
        throw new TokenRefused(Refusal.BAD_SUBJECT);
    }

    private static boolean isAhead(@Nullable Long time, long now) {
        return time != null && time > now + CLOCK_SKEW_SECONDS;
    }

    private static boolean names(@Nullable Object claim, String audience) {
        return claim instanceof List<?> several ? several.contains(audience) : audience.equals(claim);
    }

    private static @Nullable Long seconds(Map<String, Object> claims, String name) {
        Object claim = claims.get(name);
        if (claim == null) {
            return null;
        }
        if (claim instanceof Number number) {
            return number.longValue();
        }
        throw new TokenRefused(Refusal.BAD_CLAIMS);
    }

    private static void refuseIf(boolean wrong, Refusal refusal) {
        if (wrong) {
            throw new TokenRefused(refusal);
        }
    }
}
