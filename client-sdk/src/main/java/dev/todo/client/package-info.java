/**
 * The client of the Todo API: begin with {@link dev.todo.client.TodoClient}.
 *
 * <p>Nothing is null unless it says so with JSpecify's {@code @Nullable}. Values and clients are immutable and may be
 * shared by threads.
 */
@NullMarked
package dev.todo.client;

import org.jspecify.annotations.NullMarked;
