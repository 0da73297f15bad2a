package dev.todo.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The tokens found good lately, remembered by their hash: nobody who reads the memory of the cache can sign in. */
final class VerifiedTokens {
    private static final int MOST = 10_000;
    /** A key that the issuer withdraws is trusted no longer than this, however long its tokens say they live. */
    private static final long LONGEST_SECONDS = 600;

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(VerifiedTokens::sha256);

    private final Cache<Hash, Known> entries =
            Caffeine.newBuilder().maximumSize(MOST).build();

    record Hash(long first, long second, long third, long fourth) {
        static Hash of(String token) {
            ByteBuffer hash = ByteBuffer.wrap(SHA_256.get().digest(token.getBytes(StandardCharsets.UTF_8)));
            return new Hash(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
        }

        @Override
        public String toString() {
            return "%016x%016x%016x%016x".formatted(first, second, third, fourth);
        }
    }

    /** {@code answer}: the same, made once. */
    record Known(AccessToken token, Mono<AccessToken> answer, long goodUntil) {}

    @Nullable
    Known find(Hash hash, long now) {
        Known known = entries.getIfPresent(hash);
        return known != null && now < known.goodUntil() ? known : null;
    }

    void remember(Hash hash, AccessToken token, long now) {
        entries.put(hash, new Known(token, Mono.just(token), Math.min(token.expiry(), now + LONGEST_SECONDS)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
