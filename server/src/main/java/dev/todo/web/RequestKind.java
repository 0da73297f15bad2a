package dev.todo.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** What requests under /api/ are counted as, however their path is written and whether it is known or not. */
enum RequestKind {
    ACCOUNTS,
    READS,
    WRITES;

    /** Null for a request that is not under /api/. */
    static @Nullable RequestKind of(ServerHttpRequest request) {
        boolean underApi = false;
        for (PathContainer.Element element : request.getPath().elements()) {
            if (element instanceof PathContainer.PathSegment segment
                    && !segment.valueToMatch().isEmpty()) {
                if (underApi) {
                    return segment.valueToMatch().equals("auth") ? ACCOUNTS : of(request.getMethod());
                }
                if (!segment.valueToMatch().equals("api")) {
                    return null;
                }
                underApi = true;
            }
        }
        return underApi ? of(request.getMethod()) : null;
    }

    private static RequestKind of(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD) || method.equals(HttpMethod.OPTIONS)
                ? READS
                : WRITES;
    }
}
