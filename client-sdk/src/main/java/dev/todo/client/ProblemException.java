package dev.todo.client;

import dev.todo.client.generated.model.ProblemJson;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server refused the call, and says why in an {@code application/problem+json}.
 *
 * <pre>{@code
 * try {
 *     todo.tasks().create(TaskDraft.titled(" "));
 * } catch (InvalidContentException refused) {
 *     for (FieldError error : refused.errors()) {
 *         System.out.println(error.pointer() + " " + error.message()); // /title must not be blank
 *     }
 * }
 * }</pre>
 */
public class ProblemException extends TodoException {
    private static final long serialVersionUID = 1;

    /** Those of an answer that has been serialized since, which its headers and field errors are not. */
    static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

    private final int status;
    private final String type;
    private final String code;
    private final String title;
    private final String detail;
    private final String requestId;
    private final transient @Nullable List<FieldError> errors;
    private final transient @Nullable HttpHeaders headers;

    ProblemException(ProblemJson problem, HttpHeaders headers, Facts facts) {
        super(facts.message(problem), null, facts.retryable() || isUnderWay(problem), facts.outcomeUnknown());
        this.status = facts.status();
        this.type = problem.type();
        this.code = problem.code().value();
        this.title = problem.title();
        this.detail = problem.detail();
        this.requestId = problem.requestId();
        this.errors = Optional.ofNullable(problem.errors()).orElse(List.of()).stream()
                .map(FieldError::new)
                .toList();
        this.headers = headers;
    }

    private static boolean isUnderWay(ProblemJson problem) {
        return problem.code().value().equals(ProblemCode.IDEMPOTENCY_KEY_IN_USE.value());
    }

    /** What is known of the call besides the problem. */
    record Facts(String operation, int status, boolean retryable, boolean outcomeUnknown) {
        String message(ProblemJson problem) {
            StringBuilder message = new StringBuilder(operation)
                    .append(": ")
                    .append(status)
                    .append(' ')
                    .append(problem.code().value())
                    .append(": ")
                    .append(problem.detail());
            if (problem.errors() != null) {
                problem.errors()
                        .forEach(error -> message.append(" [")
                                .append(new FieldError(error))
                                .append(']'));
            }
            if (outcomeUnknown) {
                message.append(" An earlier attempt got no answer, and may have been carried out.");
            }
            return message.append(" (request ")
                    .append(problem.requestId())
                    .append(')')
                    .toString();
        }
    }

    static ProblemException of(ProblemJson problem, HttpHeaders headers, Facts facts) {
        return switch (facts.status()) {
            case 400 -> new BadRequestException(problem, headers, facts);
            case 401 -> new UnauthenticatedException(problem, headers, facts);
            case 403 -> new ForbiddenException(problem, headers, facts);
            case 404 -> new NotFoundException(problem, headers, facts);
            case 409 -> new ConflictException(problem, headers, facts);
            case 412 -> new PreconditionFailedException(problem, headers, facts);
            case 422 -> new InvalidContentException(problem, headers, facts);
            case 429 -> new TooManyRequestsException(problem, headers, facts);
            default ->
                facts.status() >= 500
                        ? new ServerException(problem, headers, facts)
                        : new ProblemException(problem, headers, facts);
        };
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The URI of this kind of problem. */
    public String type() {
        return type;
    }

    /** The kind of problem, for programs; it may be newer than this client. */
    public ProblemCode code() {
        return ProblemCode.of(code);
    }

    /** The kind of problem, for people. */
    public String title() {
        return title;
    }

    /** What to do about it. */
    public String detail() {
        return detail;
    }

    /** The id of the request, to be quoted when asking for help. */
    public String requestId() {
        return requestId;
    }

    /** What was wrong with the input, field by field; empty where no field is to blame. */
    public List<FieldError> errors() {
        return errors == null ? List.of() : errors;
    }

    /** The headers of the answer. */
    public HttpHeaders headers() {
        return headers == null ? NO_HEADERS : headers;
    }
}
