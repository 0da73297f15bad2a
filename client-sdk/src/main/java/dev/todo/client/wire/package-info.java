/** What the generated requests are made of. Not for use outside of this client. */
@NullMarked
package dev.todo.client.wire;

import org.jspecify.annotations.NullMarked;
