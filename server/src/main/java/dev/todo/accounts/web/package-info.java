@NullMarked
package dev.todo.accounts.web;

import org.jspecify.annotations.NullMarked;
