@NullMarked
package dev.todo.web;

import org.jspecify.annotations.NullMarked;
