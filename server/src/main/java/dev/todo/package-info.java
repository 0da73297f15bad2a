@NullMarked
package dev.todo;

import org.jspecify.annotations.NullMarked;
