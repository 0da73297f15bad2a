package dev.todo.contract;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The document in the jar of the contract, read once, and which of its operations a request is for. */
final class Contract {
    static final OpenAPI DOCUMENT = read();

    private static final List<Declared> OPERATIONS = DOCUMENT.getPaths().entrySet().stream()
            .flatMap(path -> path.getValue().readOperationsMap().entrySet().stream()
                    .map(operation -> new Declared(path.getKey(), operation.getKey(), operation.getValue())))
            .sorted(Comparator.comparingInt(Declared::variables))
            .toList();

    /** An empty one among them: each path begins with it. */
    private static final Set<String> WORDS = OPERATIONS.stream()
            .flatMap(declared -> Declared.segments(declared.path()).stream())
            .filter(segment -> !Declared.isVariable(segment))
            .collect(Collectors.toSet());

    private Contract() {}

    /** An operation, and where it is. */
    record Declared(String path, HttpMethod method, Operation operation) {
        String id() {
            return operation.getOperationId();
        }

        List<Parameter> parameters() {
            return operation.getParameters() == null ? List.of() : operation.getParameters();
        }

        boolean isPublic() {
            return operation.getSecurity() != null && operation.getSecurity().isEmpty();
        }

        /** The values of the path's variables, in the order in which the path names them. */
        Optional<List<String>> match(String rawPath) {
            List<String> template = segments(path);
            List<String> requested = segments(rawPath);
            List<String> values = new ArrayList<>();
            if (template.size() != requested.size()) {
                return Optional.empty();
            }
            for (int i = 0; i < template.size(); i++) {
                String value = decoded(requested.get(i));
                if (isVariable(template.get(i)) && !value.isEmpty()) {
                    values.add(value);
                } else if (!template.get(i).equals(value)) {
                    return Optional.empty();
                }
            }
            return Optional.of(values);
        }

        List<String> variableNames() {
            return segments(path).stream()
                    .filter(Declared::isVariable)
                    .map(segment -> segment.substring(1, segment.length() - 1))
                    .toList();
        }

        private int variables() {
            return variableNames().size();
        }

        private static boolean isVariable(String segment) {
            return segment.startsWith("{");
        }

        private static List<String> segments(String path) {
            return List.of(path.split("/", -1));
        }

        /** As a server's log and a test's report may show it. */
        @Override
        public String toString() {
            return "%s (%s %s)".formatted(id(), method, path);
        }
    }

    static List<Declared> operations() {
        return OPERATIONS;
    }

    /** HEAD is answered as GET. A path that fits more than one template belongs to the one with more literals. */
    static Optional<Declared> operation(String method, URI uri) {
        if (uri.isOpaque()) {
            throw new AssertionError("the address of a %s has no path, and so cannot be checked".formatted(method));
        }
        String effective = method.equals("HEAD") ? "GET" : method;
        return at(uri).flatMap(first -> OPERATIONS.stream()
                .filter(declared -> declared.path().equals(first.path())
                        && declared.method().name().equals(effective))
                .findFirst());
    }

    /** A path as its template; where there is none, with those of its segments only that are words of the contract. */
    static String shown(URI uri) {
        return at(uri).map(Declared::path)
                .orElseGet(() -> Arrays.stream(uri.getRawPath().split("/", -1))
                        .map(segment -> WORDS.contains(segment) ? segment : "...")
                        .collect(Collectors.joining("/")));
    }

    private static Optional<Declared> at(URI uri) {
        return OPERATIONS.stream()
                .filter(declared -> declared.match(uri.getRawPath()).isPresent())
                .findFirst();
    }

    /** What a line of such a file is; nothing where files are not of lines. */
    static @Nullable Schema<?> line(Schema<?> file) {
        Map<String, Object> extensions = resolved(file).getExtensions();
        return extensions != null && extensions.get("x-line-schema") instanceof Map<?, ?> line
                ? new Schema<>().$ref(String.valueOf(line.get("$ref")))
                : null;
    }

    static Schema<?> schema(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }

    static Header header(String name) {
        return Objects.requireNonNull(DOCUMENT.getComponents().getHeaders().get(name));
    }

    /** The schema itself, where this one only refers to it. */
    static Schema<?> resolved(Schema<?> schema) {
        return schema.get$ref() == null
                ? schema
                : resolved(Objects.requireNonNull(
                        DOCUMENT.getComponents().getSchemas().get(name(schema.get$ref()))));
    }

    static String decoded(String encoded) {
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static OpenAPI read() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        OpenAPI document =
                new OpenAPIV3Parser().readContents(text(), List.of(), options).getOpenAPI();
        resolveResponses(document);
        return document;
    }

    private static String text() {
        try (InputStream stream = Contract.class.getResourceAsStream("/contract/todo-api.yaml")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The parser leaves references to responses and to their headers as they are. */
    private static void resolveResponses(OpenAPI document) {
        Components shared = document.getComponents();
        document.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(operation -> {
                    operation.getResponses().replaceAll((status, response) -> resolved(response, shared));
                    return operation.getResponses().values().stream();
                })
                .filter(response -> response.getHeaders() != null)
                .forEach(response -> response.getHeaders().replaceAll((name, header) -> resolved(header, shared)));
    }

    private static ApiResponse resolved(ApiResponse response, Components shared) {
        return response.get$ref() == null
                ? response
                : Objects.requireNonNull(shared.getResponses().get(name(response.get$ref())));
    }

    private static Header resolved(Header header, Components shared) {
        return header.get$ref() == null
                ? header
                : Objects.requireNonNull(shared.getHeaders().get(name(header.get$ref())));
    }

    private static String name(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
