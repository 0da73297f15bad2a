package dev.todo.tasks;

import static dev.todo.problem.ProblemType.INVALID_CURSOR;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.todo.problem.Problem;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;

/**
 * A place in a list as text for the client, who gives it back: bytes in base64url, which are a format number, a digest of
 * all the rest and of the list it belongs to, and the place itself.
 */
final class ListPlace {
    private static final byte FORMAT = 2;
    private static final int DIGEST_BYTES = 16;
    private static final int HEAD = 1 + DIGEST_BYTES;
    private static final long EARLIEST = micros(Instant.parse("0001-01-01T00:00:00Z"));
    private static final long LATEST = micros(Instant.parse("9999-12-31T23:59:59.999999Z"));

    private ListPlace() {}

    /** {@code list} tells lists apart, their users included. */
    static String encode(ByteBuffer place, String list) {
        byte[] whole = ByteBuffer.allocate(HEAD + place.remaining())
                .put(FORMAT)
                .put(digest(list, place.duplicate()))
                .put(place)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    static ByteBuffer decode(String cursor, String list) {
        try {
            byte[] whole = Base64.getUrlDecoder().decode(cursor);
            ByteBuffer place = ByteBuffer.wrap(whole, HEAD, whole.length - HEAD).slice();
            if (!encode(place.duplicate(), list).equals(cursor)) {
                throw refused();
            }
            return place;
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            throw refused();
        }
    }

    static Problem refused() {
        return Problem.of(
                INVALID_CURSOR,
                "The cursor is damaged, or belongs to another user, filter or order. Start again without cursor.");
    }

    static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }

    static Instant time(long micros) {
        if (micros < EARLIEST || micros > LATEST) {
            throw refused();
        }
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static byte[] digest(String list, ByteBuffer place) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(list.getBytes(UTF_8));
            digest.update(place);
            return Arrays.copyOf(digest.digest(), DIGEST_BYTES);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
