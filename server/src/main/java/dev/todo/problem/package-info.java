@NullMarked
package dev.todo.problem;

import org.jspecify.annotations.NullMarked;
