package dev.todo.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;

/** Tokens signed with the shared secret. Checking one takes microseconds. */
final class SecretTokens {
    private final JWSVerifier verifier;
    private final ClaimRules rules;

    SecretTokens(String secret, ClaimRules rules) {
        this(secret.getBytes(StandardCharsets.UTF_8), rules);
    }

    SecretTokens(byte[] secret, ClaimRules rules) {
        try {
            this.verifier = new MACVerifier(secret);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("The secret is too short", e);
        }
        this.rules = rules;
    }

    VerifiedToken verify(SignedJWT token) {
        try {
            if (token.verify(verifier)) {
                return rules.verify(token.getPayload());
            }
        } catch (JOSEException e) {
            // Answered below: for the client it is the same.
        }
        throw new TokenRefused(Refusal.BAD_SIGNATURE);
    }
}
