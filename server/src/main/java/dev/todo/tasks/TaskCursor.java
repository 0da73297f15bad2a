package dev.todo.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.todo.tasks.TaskOrder.Term;
import dev.todo.tasks.TaskStore.Found;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list of tasks: the sort keys and the id of the last task seen. Written as the id, and each key with its
 * length before it.
 */
record TaskCursor(List<@Nullable Object> keys, long id) {
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST = 4096;
    private static final short NOTHING = -1;
    private static final long EARLIEST = micros(Instant.parse("0001-01-01T00:00:00Z"));
    private static final long LATEST = micros(Instant.parse("9999-12-31T23:59:59.999999Z"));

    TaskCursor {
        keys = Collections.unmodifiableList(new ArrayList<>(keys));
    }

    static TaskCursor after(Found found, TaskOrder order) {
        Task task = found.task();
        List<@Nullable Object> keys = new ArrayList<>();
        for (Term term : order.terms()) {
            keys.add(
                    switch (term.key()) {
                        case CREATED_AT -> task.createdAt();
                        case UPDATED_AT -> task.updatedAt();
                        case TITLE -> task.draft().title();
                        case DUE_AT -> task.dueAt();
                        case PRIORITY -> task.draft().priority().rank;
                        case COMPLETED_AT -> task.completedAt();
                        case RELEVANCE -> found.relevance();
                    });
        }
        return new TaskCursor(keys, task.id());
    }

    String encode(TaskQuery query) {
        ByteBuffer place = ByteBuffer.allocate(LONGEST).putLong(id);
        for (Object key : keys) {
            if (key == null) {
                place.putShort(NOTHING);
            } else {
                byte[] bytes = bytes(key);
                place.putShort((short) bytes.length).put(bytes);
            }
        }
        return SealedPlace.seal(list(query), place.flip());
    }

    private static byte[] bytes(Object key) {
        if (key instanceof Instant time) {
            return ByteBuffer.allocate(Long.BYTES).putLong(micros(time)).array();
        } else if (key instanceof Short rank) {
            return ByteBuffer.allocate(Short.BYTES).putShort(rank).array();
        } else if (key instanceof Float relevance) {
            return ByteBuffer.allocate(Float.BYTES).putFloat(relevance).array();
        }
        return key.toString().getBytes(UTF_8);
    }

    static TaskCursor decode(String cursor, TaskQuery query) {
        try {
            ByteBuffer bytes = SealedPlace.open(cursor, list(query));
            long id = bytes.getLong();
            List<@Nullable Object> keys = new ArrayList<>();
            for (Term term : query.order().terms()) {
                short length = bytes.getShort();
                keys.add(length == NOTHING && term.key().isOptional() ? null : key(term, slice(bytes, length)));
            }
            TaskCursor decoded = new TaskCursor(keys, id);
            if (!decoded.encode(query).equals(cursor)) {
                throw SealedPlace.refused();
            }
            return decoded;
        } catch (IndexOutOfBoundsException | BufferUnderflowException | CharacterCodingException malformed) {
            throw SealedPlace.refused();
        }
    }

    private static ByteBuffer slice(ByteBuffer bytes, int length) {
        ByteBuffer slice = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return slice;
    }

    private static Object key(Term term, ByteBuffer bytes) throws CharacterCodingException {
        Class<?> type = term.key().type;
        if (type == Short.class) {
            return bytes.getShort();
        } else if (type == Float.class) {
            return bytes.getFloat();
        }
        return type == String.class ? title(bytes) : time(bytes);
    }

    private static Instant time(ByteBuffer bytes) {
        long micros = bytes.getLong();
        if (micros < EARLIEST || micros > LATEST) {
            throw SealedPlace.refused();
        }
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static String title(ByteBuffer bytes) throws CharacterCodingException {
        String title = UTF_8.newDecoder().decode(bytes).toString();
        if (title.indexOf('\0') >= 0 || title.codePointCount(0, title.length()) > LONGEST_TITLE) {
            throw SealedPlace.refused();
        }
        return title;
    }

    private static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }

    private static String list(TaskQuery query) {
        return String.join(
                "\0",
                query.userId(),
                query.filter().fingerprint(),
                query.order().toString(),
                "");
    }
}
