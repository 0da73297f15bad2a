package dev.todo.problem;

import org.jspecify.annotations.Nullable;

/** One thing that is wrong with the input: at a JSON pointer of the body, or with a parameter. */
public record InputError(@Nullable String pointer, @Nullable String parameter, String message) {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_POINTER = 1_000;

    public static InputError at(String pointer, String message) {
        return new InputError(shown(pointer, LONGEST_POINTER), null, message);
    }

    public static InputError of(String parameter, String message) {
        return new InputError(null, shown(parameter, LONGEST_NAME), message);
    }

    /** A name may be anything that a client came up with: it is shown, but not at any length, and as good Unicode. */
    private static String shown(String name, int longest) {
        int[] whole = name.codePoints()
                .limit(longest)
                .map(c -> Character.getType(c) == Character.SURROGATE ? '\ufffd' : c)
                .toArray();
        return new String(whole, 0, whole.length);
    }
}
