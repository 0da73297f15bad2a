package dev.todo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.parameters.Parameter;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Every example of a request in the contract is sent as it stands there, and is answered with success. */
class RequestExamplesTest extends OperationTest {
    private static final Pattern TASK = Pattern.compile("/api/[^/]+/tasks/\\d+");

    /** What the contract's example of {@code If-Match} names. */
    private static final int VERSION = 3;

    static Stream<Arguments> bodies() {
        return ContractOperation.all()
                .flatMap(operation -> operation.takes().stream()
                        .flatMap(type -> operation.exampleBodies(type).entrySet().stream()
                                .map(example -> Arguments.of(operation, type, example.getKey(), example.getValue()))));
    }

    static Stream<ContractOperation> withParameters() {
        return ContractOperation.all()
                .filter(operation -> examples(operation, "query").findAny().isPresent()
                        || examples(operation, "header").findAny().isPresent());
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("bodies")
    void everyBodyIsTaken(ContractOperation operation, String type, String name, byte[] example) {
        Prepared prepared = prepare(operation, example);

        assertSuccess(operation, sending(operation, prepared, prepared.uri(), type));
    }

    @ParameterizedTest
    @MethodSource("withParameters")
    void allParametersAreTaken(ContractOperation operation) {
        Prepared prepared = prepare(operation);
        if (operation.hasHeader(HttpHeaders.IF_MATCH)) {
            changeUpToTheVersion(prepared.uri());
        }
        String query =
                examples(operation, "query").map(ContractOperation::asQuery).collect(joining("&"));
        URI uri = query.isEmpty() ? prepared.uri() : URI.create(prepared.uri() + "?" + query);
        WebTestClient.RequestHeadersSpec<?> request = sending(
                operation, prepared, uri, operation.takes().stream().findFirst().orElse(""));
        examples(operation, "header")
                .forEach(header ->
                        request.header(header.getName(), header.getExample().toString()));

        assertSuccess(operation, request);
    }

    private void changeUpToTheVersion(URI uri) {
        Matcher task = TASK.matcher(uri.getRawPath());
        assertThat(task.find()).as(uri.toString()).isTrue();
        for (int version = 2; version <= VERSION; version++) {
            http.patch()
                    .uri(task.group())
                    .header(HttpHeaders.CONTENT_TYPE, "application/json")
                    .bodyValue("{\"title\": \"Version " + version + "\"}")
                    .exchange()
                    .expectHeader()
                    .valueEquals(HttpHeaders.ETAG, "\"" + version + "\"");
        }
    }

    private static WebTestClient.RequestHeadersSpec<?> sending(
            ContractOperation operation, Prepared prepared, URI uri, String type) {
        WebTestClient.RequestBodySpec request =
                prepared.client().method(operation.method()).uri(uri);
        return type.isEmpty()
                ? request
                : request.header(HttpHeaders.CONTENT_TYPE, type)
                        .body(Bodies.withLength(prepared.body().getBytes(UTF_8)));
    }

    private static Stream<Parameter> examples(ContractOperation operation, String in) {
        return operation.parameters(in).stream().filter(parameter -> parameter.getExample() != null);
    }
}
