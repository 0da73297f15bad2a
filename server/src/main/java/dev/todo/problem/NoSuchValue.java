package dev.todo.problem;

import java.util.stream.Collectors;
import tools.jackson.databind.DatabindException;

/** What the contract lets pass, and yet cannot be read: a time with an offset of 19 hours. */
public final class NoSuchValue {
    public static final String SAYS = "is well-formed, but there is no such value";

    private NoSuchValue() {}

    public static InputError error(DatabindException unreadable) {
        String pointer = unreadable.getPath().stream()
                .map(step -> "/" + (step.getPropertyName() == null ? step.getIndex() : step.getPropertyName()))
                .collect(Collectors.joining());
        return InputError.at(pointer, SAYS);
    }
}
