/**
 * Holds what goes over the wire in anybody's tests to the contract of the Todo API: begin with
 * {@link dev.todo.contract.ContractCheck}.
 *
 * <p>Nothing is null unless it says so with JSpecify's {@code @Nullable}.
 */
@NullMarked
package dev.todo.contract;

import org.jspecify.annotations.NullMarked;
