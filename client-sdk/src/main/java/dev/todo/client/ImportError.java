package dev.todo.client;

import dev.todo.client.generated.model.ImportErrorJson;
import org.jspecify.annotations.Nullable;

/** Why one entry of a file was not imported. */
public final class ImportError extends View<ImportErrorJson> {
    ImportError(ImportErrorJson json) {
        super(json);
    }

    /** The line where it begins. */
    public int line() {
        return json.line();
    }

    /** The field, as a JSON pointer. */
    public @Nullable String pointer() {
        return json.pointer();
    }

    /** What is wrong. */
    public String message() {
        return json.message();
    }
}
