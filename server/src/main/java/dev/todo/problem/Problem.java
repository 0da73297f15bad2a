package dev.todo.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A refusal on its way to the client: thrown by name anywhere, rendered in one place. */
public final class Problem extends RuntimeException {
    private static final int MOST_ERRORS = 100;

    private final ProblemType type;
    private final String detail;
    private final List<InputError> errors;
    private final Map<String, String> headers;

    private Problem(
            ProblemType type,
            String detail,
            List<InputError> errors,
            Map<String, String> headers,
            @Nullable Throwable cause) {
        // A refusal is an answer, not an accident: it needs no stack trace.
        super(type.code() + ": " + detail, cause, false, false);
        this.type = type;
        this.detail = detail;
        this.errors = errors;
        this.headers = headers;
    }

    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of(), Map.of(), null);
    }

    public static Problem invalid(ProblemType type, String detail, List<InputError> errors) {
        List<InputError> most = errors.size() > MOST_ERRORS ? errors.subList(0, MOST_ERRORS) : errors;
        return new Problem(type, detail, List.copyOf(most), Map.of(), null);
    }

    public static Problem unavailable(String detail, @Nullable Throwable cause) {
        return new Problem(ProblemType.UNAVAILABLE, detail, List.of(), Map.of("Retry-After", "5"), cause);
    }

    public Problem with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Problem(type, detail, errors, more, getCause());
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return detail;
    }

    public List<InputError> errors() {
        return errors;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
