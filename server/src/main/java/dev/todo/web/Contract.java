package dev.todo.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.springframework.aot.AotDetector;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The OpenAPI document this server was made from, and the way from a request to its operation. */
public final class Contract {
    /** Where the build keeps {@link #forTheParser()} in the jar. */
    public static final String AS_PARSED = "contract/as-parsed.json";

    private static final String YAML = "/contract/todo-api.yaml";
    private static final String ROUTE = Route.class.getName();
    /** Plain threads: Netty's would log as they end, and a refused start may have ended the logging by then. */
    private static final Executor MEANWHILE = task -> {
        Thread thread = new Thread(task, "contract");
        thread.setDaemon(true);
        thread.start();
    };

    private final byte[] bytes;
    private final OpenAPI document;
    private final List<Path> paths;
    private final CompletableFuture<ContractValidator> validator;

    private record Path(
            PathPattern pattern,
            PlainPath plain,
            Map<HttpMethod, Route.Operation> operations,
            String allow,
            boolean open) {
        Route route(HttpMethod method, Map<String, String> variables) {
            HttpMethod effective = method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method;
            return new Route(operations.get(effective), variables, allow, open);
        }
    }

    Contract() {
        bytes = read(YAML);
        document = parse(
                AotDetector.useGeneratedArtifacts()
                        ? new String(read("/" + AS_PARSED), StandardCharsets.UTF_8)
                        : forTheParser());
        PlainSchemas schemas = new PlainSchemas(document);
        paths = document.getPaths().entrySet().stream()
                .map(path -> path(path.getKey(), path.getValue(), schemas))
                .sorted(Comparator.comparing(Path::pattern))
                .toList();
        validator = CompletableFuture.supplyAsync(() -> new ContractValidator(document), MEANWHILE);
    }

    /** Begins to read the document on another thread: a fifth of the start, and nothing of it needs Spring. */
    public static void beginToRead() {
        Shared.CONTRACT.isDone();
    }

    static Contract read() {
        return Shared.CONTRACT.join();
    }

    private static final class Shared {
        static final CompletableFuture<Contract> CONTRACT = CompletableFuture.supplyAsync(Contract::new, MEANWHILE);
    }

    /** The document, byte for byte. */
    byte[] bytes() {
        return bytes;
    }

    /** The same document as JSON. */
    byte[] json() {
        return tree(bytes).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode tree(byte[] yaml) {
        try {
            return new YAMLMapper().readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the server is to hold requests to: without the examples of dates. */
    OpenAPI document() {
        return document;
    }

    ContractValidator validator() {
        return validator.join();
    }

    /** Where the request leads; found once, kept with the exchange. */
    Route route(ServerWebExchange exchange) {
        Map<String, Object> attributes = exchange.getAttributes();
        Route route = (Route) attributes.get(ROUTE);
        if (route == null) {
            route = find(
                    exchange.getRequest().getPath().pathWithinApplication(),
                    exchange.getRequest().getMethod());
            attributes.put(ROUTE, route);
        }
        return route;
    }

    private Route find(PathContainer requested, HttpMethod method) {
        if (PlainPath.isPlain(requested)) {
            for (Path path : paths) {
                if (path.plain.matches(requested)) {
                    return path.route(method, path.plain.variables(requested));
                }
            }
        }
        for (Path path : paths) {
            PathPattern.PathMatchInfo match = path.pattern.matchAndExtract(requested);
            if (match != null) {
                return path.route(method, match.getUriVariables());
            }
        }
        return Route.NOWHERE;
    }

    private static Path path(String template, PathItem item, PlainSchemas schemas) {
        Map<HttpMethod, Route.Operation> operations = new LinkedHashMap<>();
        item.readOperationsMap()
                .forEach((method, operation) -> operations.put(
                        HttpMethod.valueOf(method.name()), operation(template, method, operation, schemas)));
        TreeSet<String> allowed = new TreeSet<>();
        operations.keySet().forEach(method -> allowed.add(method.name()));
        if (operations.containsKey(HttpMethod.GET)) {
            allowed.add(HttpMethod.HEAD.name());
        }
        return new Path(
                PathPatternParser.defaultInstance.parse(template),
                PlainPath.of(template),
                operations,
                String.join(", ", allowed),
                operations.values().stream().allMatch(Route.Operation::answersAnyOrigin));
    }

    private static Route.Operation operation(
            String template, PathItem.HttpMethod method, Operation operation, PlainSchemas schemas) {
        boolean isPublic =
                operation.getSecurity() != null && operation.getSecurity().isEmpty();
        return new Route.Operation(template, method, operation, !isPublic, schemas);
    }

    private static byte[] read(String resource) {
        try (InputStream stream = Objects.requireNonNull(Contract.class.getResourceAsStream(resource))) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The document as JSON, without the examples of dates: the parser reads them as Dates, for which the JDK loads all
     * time zones and their names, 10 MB.
     */
    public static String forTheParser() {
        JsonNode tree = tree(read(YAML));
        for (JsonNode schema : tree.at("/components/schemas")) {
            if (schema.path("format").asText().equals("date")) {
                ((ObjectNode) schema).remove("example");
            }
        }
        return tree.toString();
    }

    private static OpenAPI parse(String json) {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(json, new ArrayList<>(), options);
        if (result.getOpenAPI() == null || !result.getMessages().isEmpty()) {
            throw new IllegalStateException("The contract cannot be read: " + result.getMessages());
        }
        return result.getOpenAPI();
    }
}
