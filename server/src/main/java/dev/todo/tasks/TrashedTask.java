package dev.todo.tasks;

import java.time.Instant;

/** A deleted task, as it was, and until when it can be restored. */
public record TrashedTask(Task task, Instant deletedAt, Instant purgeAt) {}
