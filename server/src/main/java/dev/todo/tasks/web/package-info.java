@NullMarked
package dev.todo.tasks.web;

import org.jspecify.annotations.NullMarked;
