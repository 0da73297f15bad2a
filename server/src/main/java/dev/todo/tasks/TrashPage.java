package dev.todo.tasks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of the trash, and where the next one begins. */
public record TrashPage(List<TrashedTask> tasks, @Nullable String nextCursor) {}
