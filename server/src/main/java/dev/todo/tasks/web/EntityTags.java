package dev.todo.tasks.web;

import static dev.todo.problem.ProblemType.PRECONDITION_FAILED;

import dev.todo.problem.Problem;
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
        boolean anyWeak = tags.stream().anyMatch(tag -> tag.startsWith("W/"));
        return version -> {
            boolean matches = tags.contains(of(version));
            if (!matches && anyWeak) {
                throw Problem.of(
                        PRECONDITION_FAILED, "If-Match needs a strong tag. Send the ETag as it was given, without W/.");
            }
            return matches;
        };
    }
}
