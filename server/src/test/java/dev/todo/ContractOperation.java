package dev.todo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.util.UriUtils;

/** An operation of the contract, and requests to it that are made from the contract alone. */
record ContractOperation(String path, HttpMethod method, Operation description) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

    static Stream<ContractOperation> all() {
        return ContractCheck.CONTRACT.getPaths().entrySet().stream()
                .flatMap(path -> path.getValue().readOperationsMap().entrySet().stream()
                        .map(operation -> new ContractOperation(
                                path.getKey(),
                                HttpMethod.valueOf(operation.getKey().name()),
                                operation.getValue())));
    }

    Set<String> variables() {
        return VARIABLE.matcher(path).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    boolean isPublic() {
        return description.getSecurity() != null && description.getSecurity().isEmpty();
    }

    /** The content types that the operation takes; none when it takes no body. */
    List<String> takes() {
        return description.getRequestBody() == null
                ? List.of()
                : List.copyOf(description.getRequestBody().getContent().keySet());
    }

    /** Whether the body is a file, and not JSON. */
    boolean takesFile() {
        return !takes().isEmpty() && takes().stream().noneMatch(type -> type.matches("application/(.*\\+)?json"));
    }

    boolean declares(int status) {
        return description.getResponses().containsKey(Integer.toString(status));
    }

    int success() {
        return description.getResponses().keySet().stream()
                .filter(status -> status.startsWith("2"))
                .map(Integer::valueOf)
                .findFirst()
                .orElseThrow();
    }

    /** What a success is written in; none when it has no body. */
    Set<String> answers() {
        Content content = requireNonNull(description.getResponses().get(Integer.toString(success())))
                .getContent();
        return content == null ? Set.of() : content.keySet();
    }

    List<Parameter> parameters(String in) {
        return description.getParameters() == null
                ? List.of()
                : description.getParameters().stream()
                        .filter(parameter -> parameter.getIn().equals(in))
                        .toList();
    }

    boolean hasHeader(String name) {
        return parameters("header").stream()
                .anyMatch(parameter -> parameter.getName().equals(name));
    }

    /** Fails for a variable of the path that it gets no value for. */
    URI uri(int port, Map<String, String> encodedVariables) {
        Matcher variables = VARIABLE.matcher(path);
        String filled = variables.replaceAll(variable -> value(variable, encodedVariables));
        String query = parameters("query").stream()
                .filter(parameter -> Boolean.TRUE.equals(parameter.getRequired()))
                .map(ContractOperation::asQuery)
                .collect(Collectors.joining("&"));
        return URI.create("http://localhost:" + port + filled + (query.isEmpty() ? "" : "?" + query));
    }

    private String value(MatchResult variable, Map<String, String> encodedVariables) {
        assertThat(encodedVariables)
                .as("%s has a path variable that this test does not know how to fill: teach it", this)
                .containsKey(variable.group(1));
        return Matcher.quoteReplacement(encodedVariables.get(variable.group(1)));
    }

    static String asQuery(Parameter parameter) {
        Object example = parameter.getExample() == null ? "AAAA" : parameter.getExample();
        if (!(example instanceof Iterable<?> items) || parameter.getSchema().getItems() == null) {
            return asQuery(parameter, example.toString());
        }
        Stream<String> texts = StreamSupport.stream(items.spliterator(), false).map(ContractOperation::text);
        return isRepeatable(parameter)
                ? texts.map(item -> asQuery(parameter, item)).collect(Collectors.joining("&"))
                : asQuery(parameter, texts.collect(Collectors.joining(",")));
    }

    static boolean isRepeatable(Parameter parameter) {
        return parameter.getSchema().getItems() != null && !Boolean.FALSE.equals(parameter.getExplode());
    }

    private static String text(Object item) {
        return item instanceof JsonNode node ? node.asText() : item.toString();
    }

    private static String asQuery(Parameter parameter, String value) {
        return parameter.getName() + "=" + UriUtils.encode(value, StandardCharsets.UTF_8);
    }

    /** A request as it should be: with the contract's own example for a body. */
    WebTestClient.RequestHeadersSpec<?> request(WebTestClient client, URI uri) {
        WebTestClient.RequestBodySpec request = client.method(method).uri(uri);
        return takes().isEmpty()
                ? request
                : request.header("Content-Type", takes().get(0)).bodyValue(exampleBody());
    }

    byte[] exampleBody() {
        return exampleBody(takes().get(0));
    }

    byte[] exampleBody(String contentType) {
        return exampleBodies(contentType).values().iterator().next();
    }

    /** All examples of a body, by their names, the first one first. */
    Map<String, byte[]> exampleBodies(String contentType) {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        requireNonNull(description.getRequestBody().getContent().get(contentType))
                .getExamples()
                .forEach((name, example) ->
                        bodies.put(name, resolved(example).getValue().toString().getBytes(StandardCharsets.UTF_8)));
        return bodies;
    }

    List<String> requiredFields() {
        Schema<?> schema = requireNonNull(
                        description.getRequestBody().getContent().get(takes().get(0)))
                .getSchema();
        String name = schema.get$ref().substring(schema.get$ref().lastIndexOf('/') + 1);
        Schema<?> body = requireNonNull(
                ContractCheck.CONTRACT.getComponents().getSchemas().get(name));
        List<String> required = body.getRequired();
        return required == null ? List.of() : required;
    }

    private static Example resolved(Example example) {
        String reference = example.get$ref();
        return reference == null
                ? example
                : requireNonNull(ContractCheck.CONTRACT
                        .getComponents()
                        .getExamples()
                        .get(reference.substring(reference.lastIndexOf('/') + 1)));
    }

    @Override
    public String toString() {
        return description.getOperationId();
    }
}
