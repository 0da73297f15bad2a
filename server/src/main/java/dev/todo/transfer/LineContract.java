package dev.todo.transfer;

import dev.todo.problem.InputError;
import java.util.List;

/** What the contract says of one line of an import. */
public interface LineContract {
    /** What is wrong with the JSON of one task; nothing when it may be read. */
    List<InputError> errors(byte[] line);
}
