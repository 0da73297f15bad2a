package dev.todo.auth;

import java.util.Map;
import java.util.Optional;

/** The signed-in user on whose behalf a request is made. */
public record Caller(String userId) {
    private static final String ATTRIBUTE = Caller.class.getName();
    private static final int LONGEST = 255;

    public Caller {
        if (!isUserId(userId)) {
            throw new IllegalArgumentException("A user id has 1 to 255 characters and no U+0000.");
        }
    }

    /** The caller of the exchange with these attributes; to ask where nobody had to sign in is a mistake. */
    public static Caller of(Map<String, Object> attributes) {
        return find(attributes).orElseThrow(() -> new IllegalStateException("This request has no caller."));
    }

    public static Optional<Caller> find(Map<String, Object> attributes) {
        return Optional.ofNullable((Caller) attributes.get(ATTRIBUTE));
    }

    public void putInto(Map<String, Object> attributes) {
        attributes.put(ATTRIBUTE, this);
    }

    static boolean isUserId(String text) {
        return !text.isEmpty()
                && text.codePointCount(0, text.length()) <= LONGEST
                && text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }
}
