package dev.todo.client;

import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What becomes of the body of a good answer. */
record Reception<T>(Function<ResponseInfo, BodySubscriber<Object>> subscriber, Reader<T> reader) {
    /** Over the longest page by far: two hundred tasks of everything that a task may hold. */
    private static final int LONGEST = 64 * 1024 * 1024;

    interface Reader<T> {
        T read(Object body, HttpHeaders headers) throws UnreadableException;
    }

    /** Why a body is not what it should be. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1;

        UnreadableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // Void has no other value than null.
    private static <T> T nothing() {
        return null;
    }

    static <T> Reception<T> json(Class<T> type) {
        return new Reception<>(answer -> LimitedBody.of(answer, LONGEST), (body, headers) -> {
            if (type == Void.class) {
                return nothing();
            }
            return Reception.read(bytes(body), headers, type);
        });
    }

    private static byte[] bytes(Object body) throws UnreadableException {
        if (body instanceof byte[] bytes) {
            return bytes;
        }
        throw new UnreadableException(body.toString(), null);
    }

    private static <T> T read(byte[] body, HttpHeaders headers, Class<T> type) throws UnreadableException {
        String contentType = headers.firstValue("Content-Type").orElse("nothing");
        if (!contentType.regionMatches(true, 0, "application/json", 0, "application/json".length())) {
            throw new UnreadableException("it is " + contentType + ", not JSON", null);
        }
        try {
            return Json.read(body, type);
        } catch (RuntimeException e) {
            throw new UnreadableException("its JSON cannot be read", e);
        }
    }

    /** To a file, which is there already; each attempt begins it anew. */
    static Reception<Path> file(Path part) {
        return new Reception<>(
                answer -> BodySubscribers.mapping(
                        BodySubscribers.ofFile(part, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                        path -> path),
                (body, headers) -> (Path) body);
    }

    /** As it comes. Who reads it must close it. */
    static Reception<InputStream> stream() {
        return new Reception<>(
                answer -> BodySubscribers.mapping(BodySubscribers.ofInputStream(), stream -> stream),
                (body, headers) -> (InputStream) body);
    }

    static Reception<String> text() {
        return new Reception<>(
                answer -> LimitedBody.of(answer, LONGEST),
                (body, headers) -> new String(bytes(body), StandardCharsets.UTF_8));
    }
}
