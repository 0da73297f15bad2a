package dev.todo.tasks;

import static dev.todo.problem.ProblemType.INVALID_CURSOR;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.todo.problem.Problem;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A place in a list as a client is given it: bytes in base64url, a format number, a digest of the place and of the list
 * that it belongs to, and the place.
 */
final class SealedPlace {
    private static final byte FORMAT = 2;
    private static final int DIGEST_BYTES = 16;

    private SealedPlace() {}

    /** {@code list}: a text that no other list has. */
    static String seal(String list, ByteBuffer place) {
        byte[] whole = ByteBuffer.allocate(1 + DIGEST_BYTES + place.remaining())
                .put(FORMAT)
                .put(digest(list, place.duplicate()))
                .put(place.duplicate())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /** The place, if it is of this list and undamaged; what stands there is still to be judged. */
    static ByteBuffer open(String cursor, String list) {
        byte[] whole = decoded(cursor);
        if (whole.length < 1 + DIGEST_BYTES) {
            throw refused();
        }
        ByteBuffer place = ByteBuffer.wrap(whole).position(1 + DIGEST_BYTES).slice();
        // Base64 has several spellings for the same bytes.
        if (!seal(list, place).equals(cursor)) {
            throw refused();
        }
        return place;
    }

    static Problem refused() {
        return Problem.of(
                INVALID_CURSOR,
                "The cursor is damaged, or belongs to another user, filter or order. Start again without cursor.");
    }

    private static byte[] decoded(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException malformed) {
            throw refused();
        }
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
