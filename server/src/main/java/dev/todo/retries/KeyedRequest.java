package dev.todo.retries;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A request under a key that its user has made up; the digest tells it from others. */
public record KeyedRequest(String userId, String key, String digest) {
    /** {@code line} is the method and the path with the query, as they were sent. */
    public static KeyedRequest of(String userId, String key, String line, byte[] body) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((line + "\n").getBytes(UTF_8));
            return new KeyedRequest(userId, key, HexFormat.of().formatHex(sha256.digest(body)));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
