@NullMarked
package dev.todo.transfer.web;

import org.jspecify.annotations.NullMarked;
