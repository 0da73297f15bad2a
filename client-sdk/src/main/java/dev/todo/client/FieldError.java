package dev.todo.client;

import dev.todo.client.generated.model.InputErrorJson;
import org.jspecify.annotations.Nullable;

/** What is wrong with one field or parameter of a request. */
public final class FieldError extends View<InputErrorJson> {
    FieldError(InputErrorJson json) {
        super(json);
    }

    /** The field, as a JSON pointer such as {@code /title}; null where it is a parameter. */
    public @Nullable String pointer() {
        return json.pointer();
    }

    /** The name of the parameter; null where it is a field. */
    public @Nullable String parameter() {
        return json.parameter();
    }

    /** The line of a file; null unless it was an import. */
    public @Nullable Integer line() {
        return json.line();
    }

    /** What the value must be. */
    public String message() {
        return json.message();
    }

    @Override
    public String toString() {
        String place = json.pointer() != null ? json.pointer() : json.parameter();
        return (json.line() == null ? "" : "line " + json.line() + " ")
                + (place == null ? "" : place + " ")
                + json.message();
    }
}
