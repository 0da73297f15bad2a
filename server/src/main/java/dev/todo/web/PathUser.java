package dev.todo.web;

import static dev.todo.problem.ProblemType.INVALID_REQUEST;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.todo.problem.InputError;
import dev.todo.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** The user whom a path names. */
final class PathUser {
    static final String PARAMETER = "user_id";
    private static final int LONGEST = 255;

    private PathUser() {}

    /** Null when the path names none; a problem when it names one that nobody can be. */
    static @Nullable String of(Route route, String rawPath) {
        String user = route.variables().get(PARAMETER);
        if (user == null) {
            return null;
        }
        if (!isUtf8(rawPath)) {
            throw Problem.of(INVALID_REQUEST, "The path is not UTF-8. Percent-encode the bytes of its UTF-8.");
        }
        if (user.codePointCount(0, user.length()) > LONGEST) {
            throw refused("must have at most %d characters".formatted(LONGEST));
        }
        if (user.indexOf('\0') >= 0) {
            throw refused("must not contain U+0000");
        }
        return user;
    }

    /** Routing puts U+FFFD for bytes that it cannot decode. */
    private static boolean isUtf8(String rawPath) {
        if (rawPath.indexOf('%') < 0) {
            return true;
        }
        byte[] bytes = UriUtils.decode(rawPath, ISO_8859_1).getBytes(ISO_8859_1);
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static Problem refused(String says) {
        return Problem.invalid(
                INVALID_REQUEST,
                "The request has parameters that are not valid. See errors.",
                List.of(InputError.of(PARAMETER, says)));
    }
}
