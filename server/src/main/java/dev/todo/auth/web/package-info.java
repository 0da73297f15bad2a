@NullMarked
package dev.todo.auth.web;

import org.jspecify.annotations.NullMarked;
