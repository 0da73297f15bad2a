@NullMarked
package dev.todo.auth;

import org.jspecify.annotations.NullMarked;
