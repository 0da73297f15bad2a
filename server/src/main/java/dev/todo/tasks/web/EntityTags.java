package dev.todo.tasks.web;

import java.util.Arrays;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Versions as strong entity tags. Weak tags never match {@code If-Match} (RFC 9110, 13.1.1). */
final class EntityTags {
    private EntityTags() {}

    static String of(long version) {
        return '"' + Long.toString(version) + '"';
    }

    /** Which versions an {@code If-Match} lets pass: without the header, all. */
    static LongPredicate ifMatch(@Nullable String header) {
        if (header == null || header.equals("*")) {
            return version -> true;
        }
        Set<String> tags = Arrays.stream(header.split(",")).map(String::strip).collect(Collectors.toSet());
        return version -> tags.contains(of(version));
    }
}
