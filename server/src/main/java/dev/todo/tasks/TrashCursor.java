package dev.todo.tasks;

import dev.todo.tasks.TrashStore.Deleted;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;

/** A place in the trash: when the last task seen was deleted, and its id. */
record TrashCursor(Instant deletedAt, long id) {
    /** Before all of it, as the contract knows no later time. */
    static final TrashCursor START = new TrashCursor(Instant.parse("9999-12-31T23:59:59.999999Z"), Long.MAX_VALUE);

    static TrashCursor after(Deleted deleted) {
        return new TrashCursor(deleted.at(), deleted.task().id());
    }

    String encode(String userId) {
        ByteBuffer place = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id)
                .putLong(TaskCursor.micros(deletedAt))
                .flip();
        return SealedPlace.seal(list(userId), place);
    }

    static TrashCursor decode(String cursor, String userId) {
        ByteBuffer place = SealedPlace.open(cursor, list(userId));
        try {
            long id = place.getLong();
            Instant deletedAt = TaskCursor.time(place);
            if (place.hasRemaining()) {
                throw SealedPlace.refused();
            }
            return new TrashCursor(deletedAt, id);
        } catch (BufferUnderflowException malformed) {
            throw SealedPlace.refused();
        }
    }

    private static String list(String userId) {
        return userId + "\0trash\0";
    }
}
