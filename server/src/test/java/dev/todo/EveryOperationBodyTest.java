package dev.todo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserter;

/** What holds for every operation with a body, and for every operation without one. */
class EveryOperationBodyTest extends OperationTest {
    static Stream<ContractOperation> withBody() {
        return ContractOperation.all().filter(operation -> !operation.takes().isEmpty());
    }

    static Stream<ContractOperation> withJsonBody() {
        return withBody().filter(operation -> !operation.takesFile());
    }

    static Stream<ContractOperation> withFile() {
        return withBody().filter(ContractOperation::takesFile);
    }

    static Stream<ContractOperation> withoutBody() {
        return ContractOperation.all().filter(operation -> operation.takes().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("withJsonBody")
    void takesABodyOf64KiBAndNotAByteMore(ContractOperation operation) {
        byte[] tooLarge = Bodies.padded(operation.exampleBody(), 64 * 1024 + 1);
        String type = operation.takes().get(0);
        assertSuccess(operation, good(operation, type, body -> Bodies.withLength(Bodies.padded(body, 64 * 1024))));
        assertSuccess(operation, good(operation, type, body -> Bodies.inChunks(Bodies.padded(body, 64 * 1024))));
        Refused.with(413, "content-too-large", bare(operation, type).body(Bodies.withLength(tooLarge)));
        Refused.with(413, "content-too-large", bare(operation, type).body(Bodies.inChunks(tooLarge)));
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void takesEachOfItsContentTypes(ContractOperation operation) {
        for (String type : operation.takes()) {
            for (String spelled : List.of(type, type.toUpperCase(Locale.ROOT), type + "; charset=\"UTF-8\"")) {
                assertSuccess(
                        operation,
                        good(
                                operation,
                                spelled,
                                body -> Bodies.withLength(operation.takesFile() ? operation.exampleBody(type) : body)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("withFile")
    void takesAFileThatIsEmpty(ContractOperation operation) {
        String type = operation.takes().get(0);
        assertSuccess(operation, bare(operation, type));
        assertSuccess(operation, bare(operation, type).body(Bodies.withLength(new byte[0])));
        assertSuccess(operation, bare(operation, type).body(Bodies.inChunks(new byte[0])));
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void refusesAnyOtherContentType(ContractOperation operation) {
        byte[] body = operation.exampleBody();
        Refused.with(
                415,
                "unsupported-media-type",
                http.method(operation.method()).uri(uri(operation)).body(Bodies.withLength(body)));
        Refused.with(
                415,
                "unsupported-media-type",
                bare(operation, operation.takes().get(0))
                        .header(HttpHeaders.CONTENT_TYPE, "text/plain")
                        .body(Bodies.withLength(body)));
        for (String type : List.of(
                "text/plain",
                "application/xml",
                "application/json;charset=utf-16",
                "application/json;charset=no-such",
                "application/*",
                "*/*",
                "application",
                "application/json, text/plain",
                "application/problem+json")) {
            Refused refused = Refused.with(
                    415, "unsupported-media-type", bare(operation, type).body(Bodies.withLength(body)));
            assertThat(refused.detail()).contains(operation.takes());
        }
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void refusesACompressedBody(ContractOperation operation) {
        String type = operation.takes().get(0);
        for (String encoding : List.of("gzip", "br", "identity, gzip", "")) {
            Refused refused = Refused.with(
                    415,
                    "unsupported-media-type",
                    bare(operation, type)
                            .header(HttpHeaders.CONTENT_ENCODING, encoding)
                            .body(Bodies.withLength(operation.exampleBody())));
            assertThat(refused.detail()).contains("uncompressed");
        }
        assertSuccess(
                operation, good(operation, type, Bodies::withLength).header(HttpHeaders.CONTENT_ENCODING, "Identity"));
    }

    @ParameterizedTest
    @MethodSource("withJsonBody")
    void refusesJsonThatIsNoObject(ContractOperation operation) {
        for (String json : List.of("[]", "null", "\"text\"", "1", "true", "[{}]")) {
            Refused refused = Refused.with(422, "invalid-content", sending(operation, json));
            assertThat(refused.pointers()).containsExactly("");
            assertThat(refused.messages()).containsExactly("must be an object");
        }
    }

    @ParameterizedTest
    @MethodSource("withJsonBody")
    void asksForEachRequiredField(ContractOperation operation) {
        List<String> required = operation.requiredFields();
        if (operation.path().contains("/bulk/")) {
            Refused refused = Refused.with(422, "invalid-content", sending(operation, "{}"));
            assertThat(refused.pointers()).containsOnly("");
            assertThat(refused.messages()).contains("names no tasks: send ids or a filter");
        } else if (required.isEmpty()) {
            assertSuccess(operation, sending(operation, "{}"));
        } else {
            Refused refused = Refused.with(422, "invalid-content", sending(operation, "{}"));
            assertThat(refused.pointers())
                    .containsExactlyInAnyOrderElementsOf(
                            required.stream().map(name -> "/" + name).toList());
            assertThat(refused.messages()).containsExactly("is required");
        }
    }

    @ParameterizedTest
    @MethodSource("withJsonBody")
    void asksForABody(ContractOperation operation) {
        String type = operation.takes().get(0);
        Refused.with(400, "invalid-request", bare(operation, type));
        Refused untyped = Refused.with(
                400, "invalid-request", http.method(operation.method()).uri(uri(operation)));
        assertThat(untyped.detail()).isEqualTo("The body is missing. Send a JSON object.");
        Refused.with(400, "invalid-request", bare(operation, type).body(Bodies.inChunks(new byte[0])));
    }

    @ParameterizedTest
    @MethodSource("withoutBody")
    void refusesABodyWhereNoneIsTaken(ContractOperation operation) {
        for (byte[] body : List.of("{}".getBytes(UTF_8), new byte[1], new byte[64 * 1024 + 1])) {
            String type = MediaType.APPLICATION_JSON_VALUE;
            Refused.with(400, "invalid-request", bare(operation, type).body(Bodies.withLength(body)));
            Refused.with(400, "invalid-request", bare(operation, type).body(Bodies.inChunks(body)));
        }
    }

    private WebTestClient.RequestHeadersSpec<?> sending(ContractOperation operation, String json) {
        return bare(operation, operation.takes().get(0)).body(Bodies.withLength(json.getBytes(UTF_8)));
    }

    private WebTestClient.RequestBodySpec bare(ContractOperation operation, String contentType) {
        return http.method(operation.method()).uri(uri(operation)).header(HttpHeaders.CONTENT_TYPE, contentType);
    }

    /** A request that succeeds if nothing but its body's wrapping is against it. */
    private WebTestClient.RequestHeadersSpec<?> good(
            ContractOperation operation,
            String contentType,
            Function<byte[], BodyInserter<?, ? super ClientHttpRequest>> wrapping) {
        Prepared prepared = prepare(operation);
        return request(operation, prepared)
                .header(HttpHeaders.CONTENT_TYPE, contentType)
                .body(wrapping.apply(prepared.body().getBytes(UTF_8)));
    }
}
