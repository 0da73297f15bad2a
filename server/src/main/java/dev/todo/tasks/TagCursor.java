package dev.todo.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** A place in the list of a user's tags: the last one seen, as it is compared. */
record TagCursor(String key) {
    String encode(String userId) {
        return SealedPlace.seal(list(userId), ByteBuffer.wrap(key.getBytes(UTF_8)));
    }

    static TagCursor decode(String cursor, String userId) {
        String key = text(SealedPlace.open(cursor, list(userId)));
        if (key.indexOf('\0') >= 0) {
            throw SealedPlace.refused();
        }
        return new TagCursor(key);
    }

    private static String text(ByteBuffer place) {
        try {
            return UTF_8.newDecoder().decode(place).toString();
        } catch (CharacterCodingException malformed) {
            throw SealedPlace.refused();
        }
    }

    /** No user's id holds what divides them, and no list of tasks has a status of this name. */
    private static String list(String userId) {
        return userId + "\0TAGS\0";
    }
}
