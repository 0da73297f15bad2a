package dev.todo.auth;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Says whose a token is: one that was seen lately, and one that was not. */
@State(Scope.Thread)
public class TokenBenchmark {
    private static final String SECRET = "0123456789-0123456789-0123456789";
    private static final long FAR = 100_000_000_000_000L;

    /** Longer than any token that was found good is remembered. */
    private static final long FORGOTTEN_SECONDS = 3_600;

    @Param({"HS256", "EdDSA", "RS256"})
    public String algorithm = "";

    private final AtomicLong seconds = new AtomicLong(Instant.now().getEpochSecond());
    private final InstantSource clock = () -> Instant.ofEpochSecond(seconds.get());
    private final FakeIssuer issuer = new FakeIssuer(clock);
    private final TokenVerifier verifier =
            Verifiers.of(new AuthSettings(SECRET, issuer.url(), null, null, new AuthSettings.Jwks(null)), clock);

    private String token = "";

    @Setup
    public void sign() {
        TestToken draft = issuer.draft("alice").with("exp", FAR);
        if (algorithm.equals("HS256")) {
            token = draft.signedWith(SECRET);
        } else {
            TestKey key = TestKey.of(algorithm, "key");
            issuer.publish(key);
            token = draft.signedBy(key);
        }
        verify();
    }

    @TearDown
    public void close() {
        verifier.close();
        issuer.close();
    }

    @Benchmark
    public AccessToken seen() {
        return verify();
    }

    @Benchmark
    public AccessToken notSeen() {
        seconds.addAndGet(FORGOTTEN_SECONDS);
        return verify();
    }

    private AccessToken verify() {
        return requireNonNull(verifier.verify(token).block());
    }
}
