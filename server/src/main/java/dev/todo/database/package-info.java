@NullMarked
package dev.todo.database;

import org.jspecify.annotations.NullMarked;
