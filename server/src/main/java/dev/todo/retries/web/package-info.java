@NullMarked
package dev.todo.retries.web;

import org.jspecify.annotations.NullMarked;
