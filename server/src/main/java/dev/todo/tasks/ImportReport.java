package dev.todo.tasks;

import dev.todo.problem.InputError;
import java.util.List;

/** What an import has come to: how many tasks there are now, how many lines were bad, and the first errors. */
public record ImportReport(int imported, int failed, List<InputError> errors) {}
