/** When a task that repeats is due again. Pure functions: no SQL, no HTTP, no clock. */
@NullMarked
package dev.todo.tasks.recurrence;

import org.jspecify.annotations.NullMarked;
