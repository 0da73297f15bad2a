package dev.todo.problem;

import org.jspecify.annotations.Nullable;

/** One thing that is wrong with the input: at a JSON pointer of the body or of one of its lines, or with a parameter. */
public record InputError(
        @Nullable Integer line,
        @Nullable String pointer,
        @Nullable String parameter,
        String message) {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_POINTER = 1_000;

    public static InputError at(String pointer, String message) {
        return new InputError(null, shown(pointer, LONGEST_POINTER), null, message);
    }

    public static InputError of(String parameter, String message) {
        return new InputError(null, null, shown(parameter, LONGEST_NAME), message);
    }

    /** With a line as a whole. */
    public static InputError with(int line, String message) {
        return new InputError(line, null, null, message);
    }

    /** The same, in a line; what is at its root is with the line as a whole. */
    public InputError in(int itsLine) {
        return new InputError(itsLine, "".equals(pointer) ? null : pointer, parameter, message);
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
