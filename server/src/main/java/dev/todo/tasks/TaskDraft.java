package dev.todo.tasks;

import org.jspecify.annotations.Nullable;

/** Everything of a task that its owner may write. */
public record TaskDraft(String title, @Nullable String description, boolean completed) {}
