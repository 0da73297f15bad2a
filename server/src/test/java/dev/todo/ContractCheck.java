package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.schema.SchemaValidator;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds every answer that any test gets to the contract, and remembers which of the declared answers were seen. */
public final class ContractCheck {
    /** How long to wait is another time each time. */
    private static final Pattern SECONDS = Pattern.compile("in \\d+ s\\b");

    /** What the server has for people, with GET alone; whatever else succeeds must be an operation. */
    private static final Pattern PAGE = Pattern.compile("(GET|HEAD)/((client|docs|problems)(/.*)?|[a-z]+\\.[a-z]+)?");

    public static final OpenAPI CONTRACT = read();

    private static final LevelResolver EVERYTHING = LevelResolver.create().build();
    private static final OpenApiInteractionValidator VALIDATOR = OpenApiInteractionValidator.createFor(CONTRACT)
            .withLevelResolver(EVERYTHING)
            .build();
    private static final SchemaValidator SCHEMAS = new SchemaValidator(CONTRACT, new MessageResolver(EVERYTHING));
    private static final Map<PathPattern, PathItem> PATHS = patterns();
    private static final Set<String> SEEN = new ConcurrentSkipListSet<>();
    private static final Set<String> SAID = new ConcurrentSkipListSet<>();

    private ContractCheck() {}

    /** Fails when the answer is not one that the contract describes. */
    static void check(HttpMethod method, URI uri, int status, HttpHeaders headers, byte[] body) {
        String answer = "%s %s answered %d %s".formatted(method, uri, status, new String(body, StandardCharsets.UTF_8));
        assertThat(headers.getFirst("X-Request-Id")).as(answer).matches("[A-Za-z0-9._-]{1,128}");
        boolean preflight = method.equals(HttpMethod.OPTIONS) && status == 200;
        if (preflight) {
            return;
        }
        Optional<Operation> operation = operation(method, uri);
        if (operation.isEmpty() && status < 400) {
            assertThat(method.name() + uri.getRawPath()).as(answer).matches(PAGE);
        }
        operation.ifPresent(found -> SEEN.add(found.getOperationId() + " " + status));
        if (method.equals(HttpMethod.HEAD)) {
            assertThat(body).as(answer).isEmpty();
        } else if (operation.isPresent()) {
            SimpleResponse.Builder response = new SimpleResponse.Builder(status);
            headers.forEach((name, values) -> response.withHeader(name, values));
            if (body.length > 0) {
                response.withBody(body);
            }
            // To the library an empty file is none.
            boolean emptyFile = body.length == 0 && "application/x-ndjson".equals(headers.getFirst("Content-Type"));
            if (emptyFile) {
                response.withBody("\n");
            }
            conforms(
                    VALIDATOR.validateResponse(
                            uri.getRawPath(), Request.Method.valueOf(method.name()), response.build()),
                    answer);
        }
        if (status >= 400 && body.length > 0) {
            isProblem(status, headers, body, answer);
        }
        if (!method.equals(HttpMethod.HEAD) && status >= 400) {
            assertThat(body).as(answer).isNotEmpty();
        }
    }

    private static void isProblem(int status, HttpHeaders headers, byte[] body, String answer) {
        assertThat(headers.getFirst(HttpHeaders.CONTENT_TYPE)).as(answer).isEqualTo("application/problem+json");
        String json = new String(body, StandardCharsets.UTF_8);
        SAID.addAll(sentences(json));
        Schema<?> problem = new Schema<>().$ref("#/components/schemas/Problem");
        conforms(SCHEMAS.validate(json, problem, "response.body"), answer);
        assertThat(json).as(answer).contains("\"status\":" + status).doesNotContain("Exception", "dev.todo", "org.");
    }

    private static void conforms(ValidationReport report, String answer) {
        assertThat(report.getMessages())
                .as("%s, which is not what the contract says", answer)
                .isEmpty();
    }

    /** What the contract itself says of a body, whatever the server makes of it. */
    static boolean accepts(String schema, String json) {
        Schema<?> reference = new Schema<>().$ref("#/components/schemas/" + schema);
        return SCHEMAS.validate(json, reference, "request.body").getMessages().isEmpty();
    }

    /** Each answer that an operation declares and no test has seen; those that all operations share count once. */
    static Set<String> unseen() {
        Set<String> declared = new TreeSet<>();
        for (Operation operation : operations()) {
            operation
                    .getResponses()
                    .keySet()
                    .forEach(status -> declared.add(operation.getOperationId() + " " + status));
        }
        declared.removeAll(SEEN);
        for (String shared : List.of(" 500", " 503")) {
            if (SEEN.stream().anyMatch(seen -> seen.endsWith(shared))) {
                declared.removeIf(answer -> answer.endsWith(shared));
            }
        }
        return declared;
    }

    /** What the contract's examples of problems say, and the server did not say in any test. */
    static Set<String> unsaid() {
        Set<String> promised = new TreeSet<>();
        CONTRACT.getComponents().getExamples().values().stream()
                .map(example -> Json.mapper().valueToTree(example.getValue()).toString())
                .forEach(example -> promised.addAll(sentences(example)));
        promised.removeAll(SAID);
        return promised;
    }

    private static List<String> sentences(String json) {
        JsonNode problem = JsonMapper.shared().readTree(json);
        List<String> sentences = new ArrayList<>(problem.findValuesAsString("message"));
        if (problem.has("code")) {
            sentences.add(problem.path("code").asString() + ": "
                    + SECONDS.matcher(problem.path("detail").asString()).replaceAll("in some seconds"));
        }
        return sentences;
    }

    static List<Operation> operations() {
        return CONTRACT.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .toList();
    }

    private static Optional<Operation> operation(HttpMethod method, URI uri) {
        if (uri.getRawPath().contains(";")) {
            return Optional.empty();
        }
        PathContainer path = PathContainer.parsePath(uri.getRawPath());
        String effective = method.equals(HttpMethod.HEAD) ? "GET" : method.name();
        return PATHS.entrySet().stream()
                .filter(entry -> entry.getKey().matches(path))
                .findFirst()
                .map(entry -> entry.getValue().readOperationsMap().get(PathItem.HttpMethod.valueOf(effective)));
    }

    private static Map<PathPattern, PathItem> patterns() {
        Map<PathPattern, PathItem> patterns = new TreeMap<>(Comparator.naturalOrder());
        CONTRACT.getPaths().forEach((path, item) -> patterns.put(PathPatternParser.defaultInstance.parse(path), item));
        return patterns;
    }

    private static OpenAPI read() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        OpenAPI contract = new OpenAPIV3Parser().read("contract/todo-api.yaml", List.of(), options);
        resolveResponses(contract);
        return contract;
    }

    /** The parser leaves references to responses and to their headers, and the validator sees nothing behind them. */
    private static void resolveResponses(OpenAPI contract) {
        Components shared = contract.getComponents();
        contract.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .map(Operation::getResponses)
                .forEach(responses -> {
                    responses.replaceAll((status, response) -> response.get$ref() == null
                            ? response
                            : shared.getResponses().get(name(response.get$ref())));
                    responses
                            .values()
                            .forEach(response -> response.getHeaders()
                                    .replaceAll((header, description) -> description.get$ref() == null
                                            ? description
                                            : shared.getHeaders().get(name(description.get$ref()))));
                });
    }

    private static String name(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
