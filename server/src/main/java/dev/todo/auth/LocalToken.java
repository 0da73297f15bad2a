package dev.todo.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.todo.problem.StartRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Objects;
import java.util.function.Supplier;

/** A token for trying out the server on this computer, where there is no sign-in service. */
public final class LocalToken {
    private static final Duration LIFETIME = Duration.ofHours(24);

    private LocalToken() {}

    /** Throws {@link StartRefused} with a sentence for the person who asked. */
    public static String forUser(
            String userId,
            AuthSettings settings,
            Environment environment,
            Supplier<Path> dataDirectory,
            InstantSource clock) {
        if (environment == Environment.PRODUCTION) {
            throw new StartRefused(
                    "Tokens are made here for a local server only: with ENVIRONMENT=production, sign in instead.");
        }
        if (!Caller.isUserId(userId)) {
            throw new StartRefused("A user id has 1 to 255 characters and no U+0000.");
        }
        Caller caller = new Caller(userId);
        return signed(caller, settings.completed(environment, dataDirectory), clock.instant());
    }

    private static String signed(Caller caller, AuthSettings settings, Instant now) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(JOSEObjectType.JWT)
                .build();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(caller.userId())
                .issuer(settings.issuer())
                .audience(settings.audience())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new MACSigner(Objects.requireNonNull(settings.secret())));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }
}
