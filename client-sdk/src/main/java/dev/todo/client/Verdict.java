package dev.todo.client;

import org.jspecify.annotations.Nullable;

/**
 * What an attempt has come to: either a value or a failure.
 *
 * @param safe whether the request was surely not carried out
 */
record Verdict<T>(@Nullable Answer<T> value, @Nullable TodoException failure, boolean safe) {
    static <T> Verdict<T> failed(TodoException failure, boolean safe) {
        return new Verdict<>(null, failure, safe);
    }
}
