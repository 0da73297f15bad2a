@NullMarked
package dev.todo.tasks;

import org.jspecify.annotations.NullMarked;
