/** Files that come with the server. */
@NullMarked
package dev.todo.files;

import org.jspecify.annotations.NullMarked;
