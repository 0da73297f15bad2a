package dev.todo.web;

import static dev.todo.problem.ProblemType.INVALID_CONTENT;
import static dev.todo.problem.ProblemType.INVALID_REQUEST;

import com.atlassian.oai.validator.interaction.request.RequestValidator;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.schema.SchemaValidator;
import dev.todo.problem.InputError;
import dev.todo.problem.Problem;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Holds a request to its operation, or a line of an import to its schema: swagger-request-validator, and what it leaves out. */
final class ContractValidator {
    private static final String SECURITY = "validation.request.security";
    private static final String BODY = "validation.request.body";
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");

    private static final Schema<?> LINE = new Schema<>().$ref("#/components/schemas/TaskImport");

    private final SchemaValidator schemas;
    private final RequestValidator validator;
    private final ContractViolations violations;

    ContractValidator(OpenAPI document) {
        // Tokens are verified before. All else is an error, unknown query parameters included, whatever files of the
        // validator's own lie in the working directory.
        MessageResolver messages = new MessageResolver(LevelResolver.create()
                .withLoader(null)
                .withLevel(SECURITY, ValidationReport.Level.IGNORE)
                .build());
        this.schemas = new SchemaValidator(document, messages);
        this.validator = new RequestValidator(schemas, messages, document, List.of());
        this.violations = new ContractViolations(document);
    }

    void validate(ServerHttpRequest request, Route route, Route.Operation operation, @Nullable JsonBody body) {
        if (("&" + request.getURI().getRawQuery()).contains("&=")) {
            // Spring drops a name that is empty and takes the value for one, so there is no telling what else is wrong.
            throw invalid(List.of(InputError.of("", ContractViolations.UNKNOWN_PARAMETER)));
        }
        List<InputError> parameterErrors = unknown(request, operation);
        parameterErrors.addAll(notIntegers(request, route, operation));
        parameterErrors.addAll(badLists(request, operation));
        parameterErrors.addAll(emptyHeaders(request, operation));
        List<InputError> bodyErrors = body == null ? new ArrayList<>() : body.brokenTexts();
        ValidationReport report = validator.validateRequest(
                new ContractRequest(request, body),
                operation.requestedAt(request.getPath().value()));
        for (ValidationReport.Message message : report.getMessages()) {
            boolean ofBody = message.getKey().startsWith(BODY);
            if (message.getLevel() == ValidationReport.Level.IGNORE
                    || isMistaken(message)
                    || (ofBody && operation.takesFile())) {
                continue;
            }
            if (ofBody) {
                JsonBody sent = Objects.requireNonNull(body);
                bodyErrors.addAll(violations.ofBody(message, sent.json(), operation.bodySchema()));
            } else {
                addUnlessNamed(parameterErrors, violations.ofParameter(message));
            }
        }
        if (!parameterErrors.isEmpty()) {
            throw invalid(parameterErrors);
        }
        if (!bodyErrors.isEmpty()) {
            throw Problem.invalid(
                    INVALID_CONTENT,
                    "The body breaks the contract. See errors.",
                    bodyErrors.stream().distinct().toList());
        }
    }

    private static Problem invalid(List<InputError> errors) {
        return Problem.invalid(INVALID_REQUEST, "The request has parameters that are not valid. See errors.", errors);
    }

    List<InputError> lineErrors(byte[] line) {
        JsonBody body;
        try {
            body = JsonBody.parseLine(line);
        } catch (Problem unreadable) {
            return List.of(InputError.at("", unreadable.detail()));
        }
        List<InputError> errors = body.brokenTexts();
        for (ValidationReport.Message message :
                schemas.validate(body::json, LINE, "line").getMessages()) {
            errors.addAll(violations.ofBody(message, body.json(), LINE));
        }
        return errors.stream().distinct().toList();
    }

    /** The library takes limit[] for limit. */
    private static List<InputError> unknown(ServerHttpRequest request, Route.Operation operation) {
        Set<String> known = operation.parameters().stream()
                .filter(parameter -> parameter.getIn().equals("query"))
                .map(Parameter::getName)
                .collect(Collectors.toSet());
        return request.getQueryParams().keySet().stream()
                .filter(name -> !known.contains(name))
                .map(name -> InputError.of(name, ContractViolations.UNKNOWN_PARAMETER))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** To the library a user whose id is a space has none, and a user, a key or a tag that is called null is no string. */
    private boolean isMistaken(ValidationReport.Message message) {
        return message.getContext()
                .flatMap(ValidationReport.MessageContext::getParameter)
                .filter(parameter -> PathUser.PARAMETER.equals(parameter.getName())
                        || (message.getKey().endsWith(".schema.type") && mayBeCalledNull(parameter)))
                .isPresent();
    }

    private boolean mayBeCalledNull(Parameter parameter) {
        String pattern = violations
                .judged("type", violations.resolved(parameter.getSchema()))
                .getPattern();
        return pattern != null && Pattern.compile(pattern).matcher("null").find();
    }

    /** The library takes 5.0, 1e2 and " 5" for integers; what reads them next does not, or worse, does. */
    private List<InputError> notIntegers(ServerHttpRequest request, Route route, Route.Operation operation) {
        List<InputError> errors = new ArrayList<>();
        for (Parameter parameter : operation.parameters()) {
            String value = switch (parameter.getIn()) {
                case "path" -> route.variables().get(parameter.getName());
                case "query" -> request.getQueryParams().getFirst(parameter.getName());
                default -> null;
            };
            if (value != null && isInteger(parameter) && !INTEGER.matcher(value).matches()) {
                String says = value.isEmpty() ? "must not be empty" : "must be an integer written plainly, such as 3";
                errors.add(InputError.of(parameter.getName(), says));
            }
        }
        return errors;
    }

    /**
     * To the library a list without items is none, as is one whose only item is blank, and one with commas may be given
     * several times.
     */
    private List<InputError> badLists(ServerHttpRequest request, Route.Operation operation) {
        List<InputError> errors = new ArrayList<>();
        for (Parameter parameter : operation.parameters()) {
            List<@Nullable String> values = request.getQueryParams().get(parameter.getName());
            Schema<?> schema = violations.resolved(parameter.getSchema());
            if (values == null || schema.getItems() == null) {
                continue;
            }
            boolean commas = Boolean.FALSE.equals(parameter.getExplode());
            List<String> items = values.stream()
                    .map(value -> value == null ? "" : value)
                    .flatMap(value -> commas ? Stream.of(value.split(",", -1)) : Stream.of(value))
                    .toList();
            if (items.contains("")) {
                errors.add(InputError.of(parameter.getName(), "must not be empty"));
            } else if (commas && values.size() > 1) {
                errors.add(InputError.of(parameter.getName(), "must be given once"));
            } else if (items.size() == 1 && items.get(0).trim().isEmpty()) {
                String broken = violations.ofBlank(items.get(0), violations.resolved(schema.getItems()));
                errors.add(InputError.of(parameter.getName(), broken));
            }
        }
        return errors;
    }

    /** To the library a header without a value is not there. */
    private static List<InputError> emptyHeaders(ServerHttpRequest request, Route.Operation operation) {
        return operation.parameters().stream()
                .filter(parameter -> parameter.getIn().equals("header"))
                .map(Parameter::getName)
                .filter(name -> "".equals(request.getHeaders().getFirst(name)))
                .map(name -> InputError.of(name, "must not be empty"))
                .toList();
    }

    private boolean isInteger(Parameter parameter) {
        Schema<?> schema = violations.resolved(parameter.getSchema());
        return "integer".equals(schema.getType());
    }

    private static void addUnlessNamed(List<InputError> errors, InputError error) {
        boolean named = errors.stream().anyMatch(other -> Objects.equals(other.parameter(), error.parameter()));
        if (!named) {
            errors.add(error);
        }
    }
}
