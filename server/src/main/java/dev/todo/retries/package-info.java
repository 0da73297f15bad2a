@NullMarked
package dev.todo.retries;

import org.jspecify.annotations.NullMarked;
