package dev.todo.retries;

import org.jspecify.annotations.Nullable;

/** What a request was answered: kept, to be given again to the same request. */
public record Answer(
        int status,
        @Nullable String contentType,
        @Nullable String location,
        @Nullable String etag,
        @Nullable String body,
        boolean replayed) {}
