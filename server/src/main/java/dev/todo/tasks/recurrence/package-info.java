/** When tasks are due, and when again. */
@NullMarked
package dev.todo.tasks.recurrence;

import org.jspecify.annotations.NullMarked;
