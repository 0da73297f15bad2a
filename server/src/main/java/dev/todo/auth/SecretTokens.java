package dev.todo.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.util.List;

/** Tokens signed with the shared secret, or with the one before it. Checking one takes microseconds. */
final class SecretTokens {
    private final List<JWSVerifier> verifiers;
    private final ClaimRules rules;
    private final OwnTokens own;

    SecretTokens(List<byte[]> secrets, ClaimRules rules, OwnTokens own) {
        this.verifiers = secrets.stream().map(SecretTokens::verifier).toList();
        this.rules = rules;
        this.own = own;
    }

    AccessToken verify(SignedJWT token) {
        if (verifiers.stream().noneMatch(verifier -> isGood(token, verifier))) {
            throw new TokenRefused(Refusal.BAD_SIGNATURE);
        }
        return own.areClaimedBy(token) ? own.verify(token) : rules.verify(token);
    }

    private static boolean isGood(SignedJWT token, JWSVerifier verifier) {
        try {
            return token.verify(verifier);
        } catch (JOSEException e) {
            // For the client it is the same.
            return false;
        }
    }

    private static JWSVerifier verifier(byte[] secret) {
        try {
            return new MACVerifier(secret);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("The secret is too short", e);
        }
    }
}
