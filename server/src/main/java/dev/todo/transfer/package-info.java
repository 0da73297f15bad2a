@NullMarked
package dev.todo.transfer;

import org.jspecify.annotations.NullMarked;
