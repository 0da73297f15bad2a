@NullMarked
package dev.todo.accounts;

import org.jspecify.annotations.NullMarked;
