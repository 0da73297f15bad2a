/** Values that more than one part of the server reads. */
@NullMarked
package dev.todo.values;

import org.jspecify.annotations.NullMarked;
