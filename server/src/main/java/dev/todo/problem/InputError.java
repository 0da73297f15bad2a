package dev.todo.problem;

import org.jspecify.annotations.Nullable;

/** One thing that is wrong with the input: at a JSON pointer of the body, or with a parameter. */
public record InputError(@Nullable String pointer, @Nullable String parameter, String message) {
    private static final int LONGEST_NAME = 200;

    public static InputError at(String pointer, String message) {
        return new InputError(pointer, null, message);
    }

    /** A parameter's name may be anything that a client came up with: it is shown, but not at any length. */
    public static InputError of(String parameter, String message) {
        String name = parameter.length() <= LONGEST_NAME ? parameter : parameter.substring(0, LONGEST_NAME);
        return new InputError(null, name, message);
    }
}
