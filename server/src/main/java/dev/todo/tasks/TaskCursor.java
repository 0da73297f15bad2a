package dev.todo.tasks;

import static dev.todo.problem.ProblemType.INVALID_CURSOR;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.todo.problem.Problem;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;

/**
 * A place in a list: the sort key and the id of the last task seen. Written for the client as bytes in base64url: a
 * format number, a digest of all the rest and of the list it belongs to, the id, the key.
 */
record TaskCursor(Object key, long id) {
    private static final byte FORMAT = 1;
    private static final int DIGEST_BYTES = 16;
    private static final int LONGEST_TITLE = 200;
    private static final long EARLIEST = micros(Instant.parse("0001-01-01T00:00:00Z"));
    private static final long LATEST = micros(Instant.parse("9999-12-31T23:59:59Z"));

    static TaskCursor after(Task task, TaskOrder order) {
        Object key = switch (order.key()) {
            case CREATED_AT -> task.createdAt();
            case UPDATED_AT -> task.updatedAt();
            case TITLE -> task.draft().title();
        };
        return new TaskCursor(key, task.id());
    }

    String encode(TaskQuery query) {
        byte[] keyBytes = key instanceof Instant time
                ? ByteBuffer.allocate(Long.BYTES).putLong(micros(time)).array()
                : key.toString().getBytes(UTF_8);
        byte[] place = ByteBuffer.allocate(Long.BYTES + keyBytes.length)
                .putLong(id)
                .put(keyBytes)
                .array();
        byte[] whole = ByteBuffer.allocate(1 + DIGEST_BYTES + place.length)
                .put(FORMAT)
                .put(digest(query, place))
                .put(place)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    static TaskCursor decode(String cursor, TaskQuery query) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            long id = bytes.position(1 + DIGEST_BYTES).getLong();
            TaskCursor decoded =
                    new TaskCursor(query.order().key() == TaskOrder.Key.TITLE ? title(bytes) : time(bytes), id);
            if (!decoded.encode(query).equals(cursor)) {
                throw refused();
            }
            return decoded;
        } catch (IllegalArgumentException | BufferUnderflowException | CharacterCodingException malformed) {
            throw refused();
        }
    }

    private static Instant time(ByteBuffer bytes) {
        long micros = bytes.getLong();
        if (bytes.hasRemaining() || micros < EARLIEST || micros > LATEST) {
            throw refused();
        }
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static String title(ByteBuffer bytes) throws CharacterCodingException {
        String title = UTF_8.newDecoder().decode(bytes).toString();
        if (title.indexOf('\0') >= 0 || title.codePointCount(0, title.length()) > LONGEST_TITLE) {
            throw refused();
        }
        return title;
    }

    private static Problem refused() {
        return Problem.of(
                INVALID_CURSOR,
                "The cursor is damaged, or belongs to another user, filter or order. Start again without cursor.");
    }

    private static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }

    private static byte[] digest(TaskQuery query, byte[] place) {
        String list = String.join(
                "\0",
                query.userId(),
                query.status().name(),
                query.order().key().name(),
                query.order().direction(),
                "");
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(list.getBytes(UTF_8));
            return Arrays.copyOf(digest.digest(place), DIGEST_BYTES);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
