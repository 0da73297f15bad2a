package dev.todo.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
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

    /** What came when nobody waited for it any more must be closed, or its connection stays open. */
    static void discard(@Nullable HttpResponse<?> answer) {
        if (answer != null && answer.body() instanceof InputStream stream) {
            try {
                stream.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static <T> Reception<T> json(Class<T> type) {
        return new Reception<>(answer -> LimitedBody.of(answer, LONGEST), (body, headers) -> {
            if (type == Void.class) {
                expect(bytes(body).length == 0, headers, "nothing");
                return nothing();
            }
            return Reception.read(bytes(body), headers, type);
        });
    }

    private static boolean is(String mediaType, HttpHeaders headers) {
        String contentType = headers.firstValue("Content-Type").orElse("");
        return contentType.regionMatches(true, 0, mediaType, 0, mediaType.length());
    }

    private static void expect(boolean holds, HttpHeaders headers, String expected) throws UnreadableException {
        if (!holds) {
            String contentType = headers.firstValue("Content-Type").orElse("without a type");
            throw new UnreadableException("it is " + contentType + ", not " + expected, null);
        }
    }

    private static byte[] bytes(Object body) throws UnreadableException {
        if (body instanceof byte[] bytes) {
            return bytes;
        }
        throw new UnreadableException(body.toString(), null);
    }

    private static <T> T read(byte[] body, HttpHeaders headers, Class<T> type) throws UnreadableException {
        expect(is("application/json", headers), headers, "JSON");
        try {
            return Json.read(body, type);
        } catch (RuntimeException e) {
            throw new UnreadableException("its JSON cannot be read", e);
        }
    }

    /** To a file, which is there already; each attempt begins it anew. */
    static Reception<Path> file(Path part, String mediaType) {
        return new Reception<>(
                answer -> BodySubscribers.mapping(
                        BodySubscribers.ofFile(part, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                        path -> path),
                (body, headers) -> {
                    expect(is(mediaType, headers), headers, mediaType);
                    return (Path) body;
                });
    }

    /** As it comes. Who reads it must close it. */
    static Reception<InputStream> stream(String mediaType) {
        return new Reception<>(
                answer -> BodySubscribers.mapping(BodySubscribers.ofInputStream(), stream -> stream),
                (body, headers) -> {
                    expect(is(mediaType, headers), headers, mediaType);
                    return (InputStream) body;
                });
    }

    static Reception<String> text(String mediaType) {
        return new Reception<>(answer -> LimitedBody.of(answer, LONGEST), (body, headers) -> {
            expect(is(mediaType, headers), headers, mediaType);
            return new String(bytes(body), StandardCharsets.UTF_8);
        });
    }
}
