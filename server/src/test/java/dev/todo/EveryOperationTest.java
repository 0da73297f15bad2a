package dev.todo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.util.UriComponentsBuilder;

/** What holds for every operation, tried on every operation; {@link IsolationTest} does 403 and 404. */
class EveryOperationTest extends OperationTest {
    static Stream<ContractOperation> operations() {
        return ContractOperation.all();
    }

    static Stream<ContractOperation> answeringABody() {
        return operations().filter(operation -> !operation.answers().isEmpty());
    }

    static Stream<ContractOperation> withIfMatch() {
        return operations().filter(operation -> operation.hasHeader(HttpHeaders.IF_MATCH));
    }

    static Stream<Arguments> queryParameters() {
        return operations()
                .flatMap(operation -> operation.parameters("query").stream()
                        .filter(parameter -> !ContractOperation.isRepeatable(parameter))
                        .map(parameter -> Arguments.of(operation, parameter.getName(), parameter)));
    }

    static Stream<Arguments> unacceptableTokens() {
        Instant later = Instant.now().plus(Duration.ofHours(1));
        Map<String, String> tokens = Map.of(
                "garbage", "garbage",
                "expired", token(SECRET, Instant.now().minus(Duration.ofHours(1))),
                "of another secret", token("another-secret-0123456789-0123456789-0123456789", later));
        return operations()
                .filter(Predicate.not(ContractOperation::isPublic))
                .flatMap(operation -> tokens.entrySet().stream()
                        .map(token -> Arguments.of(operation, token.getKey(), token.getValue())));
    }

    static Stream<Arguments> undeclaredMethods() {
        return ContractCheck.CONTRACT.getPaths().entrySet().stream()
                .flatMap(path -> Stream.of(PathItem.HttpMethod.values())
                        .map(method -> HttpMethod.valueOf(method.name()))
                        .filter(method -> !allowed(path.getValue()).contains(method.name()))
                        .map(method ->
                                Arguments.of(path.getKey(), method, String.join(", ", allowed(path.getValue())))));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void answersAsItShould(ContractOperation operation) {
        assertSuccess(operation, good(operation));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void refusesAnUnknownQueryParameter(ContractOperation operation) {
        URI uri = with(uri(operation), "no_such=1");
        assertThat(Refused.with(400, "invalid-request", operation.request(http, uri))
                        .parameters())
                .containsExactly("no_such");
    }

    @ParameterizedTest
    @MethodSource("queryParameters")
    void refusesAParameterGivenTwice(ContractOperation operation, String name, Parameter parameter) {
        String given = ContractOperation.asQuery(parameter);
        Refused refused = Refused.with(
                400, "invalid-request", operation.request(http, with(uri(operation), given + "&" + given)));
        assertThat(refused.parameters()).containsExactly(name);
        assertThat(refused.messages()).containsExactly("must be given once");
    }

    @ParameterizedTest
    @MethodSource("unacceptableTokens")
    void refusesAnUnacceptableToken(ContractOperation operation, String kind, String token) {
        Refused refused = Refused.with(
                401,
                "unauthenticated",
                operation.request(anyone, uri(operation)).headers(headers -> headers.setBearerAuth(token)));
        assertThat(refused.headers().getFirst(HttpHeaders.WWW_AUTHENTICATE))
                .startsWith("Bearer error=\"invalid_token\", error_description=\"");
        assertThat(refused.problem().toString()).doesNotContain(token);
    }

    @ParameterizedTest
    @MethodSource("undeclaredMethods")
    void refusesAMethodThatThePathDoesNotTake(String path, HttpMethod method, String allow) {
        ContractOperation unknown = new ContractOperation(path, method, new Operation());
        URI uri = unknown.uri(port, own(unknown));
        WebTestClient.RequestHeadersSpec<?> request = http.method(method).uri(uri);
        if (method.equals(HttpMethod.HEAD)) {
            request.exchange().expectStatus().isEqualTo(405).expectHeader().valueEquals(HttpHeaders.ALLOW, allow);
        } else {
            Refused refused = Refused.with(405, "method-not-allowed", request);
            assertThat(refused.headers().get(HttpHeaders.ALLOW)).containsExactly(allow);
        }
    }

    @ParameterizedTest
    @MethodSource("answeringABody")
    void refusesToAnswerWhatItDoesNotWrite(ContractOperation operation) {
        String unwanted =
                operation.answers().stream().map(written -> written + ";q=0").collect(Collectors.joining(", "));
        for (String accept :
                List.of("image/png", "audio/*", "application/vnd.x", unwanted, unwanted + ", */*", "*/*;q=0", "//")) {
            Refused.with(
                    406,
                    "not-acceptable",
                    operation.request(http, uri(operation)).header(HttpHeaders.ACCEPT, accept));
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void answersWhatIsAccepted(ContractOperation operation) {
        List<String> accepts = operation.answers().isEmpty()
                ? List.of("*/*", "image/png")
                : List.of(
                        "*/*",
                        "application/*",
                        operation.answers().iterator().next() + ", image/png;q=0.5",
                        "a/b, */*;q=0.1");
        for (String accept : accepts) {
            assertSuccess(operation, good(operation).header(HttpHeaders.ACCEPT, accept));
        }
    }

    @ParameterizedTest
    @MethodSource("withIfMatch")
    void changesNothingWhenTheVersionIsAnother(ContractOperation operation) {
        for (String tag : List.of("\"999999\"", "W/\"1\"", "\"\"", "\"2\", W/\"1\"")) {
            URI uri = uri(operation);
            Refused.with(
                    412, "precondition-failed", operation.request(http, uri).header(HttpHeaders.IF_MATCH, tag));
        }
        assertThat(getJson(tasks()).path("items").valueStream())
                .allMatch(task -> task.path("version").asLong() == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/api", "/api/me", "/api/me/nothing", "/api/me/tasks/1/nothing"})
    void knowsNoOtherPath(String path) {
        Refused.with(404, "not-found", http.get().uri(path));
        Refused.with(404, "not-found", http.post().uri(path));
    }

    private WebTestClient.RequestHeadersSpec<?> good(ContractOperation operation) {
        Prepared prepared = prepare(operation);
        WebTestClient.RequestBodySpec request = request(operation, prepared);
        return operation.takes().isEmpty()
                ? request
                : request.header(HttpHeaders.CONTENT_TYPE, operation.takes().get(0))
                        .bodyValue(prepared.body());
    }

    private static URI with(URI uri, String query) {
        return UriComponentsBuilder.fromUri(uri).query(query).build(true).toUri();
    }

    private static Set<String> allowed(PathItem path) {
        Set<String> methods = path.readOperationsMap().keySet().stream()
                .map(PathItem.HttpMethod::name)
                .collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return methods;
    }

    private static String token(String secret, Instant expiry) {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .subject("somebody")
                        .expirationTime(Date.from(expiry))
                        .build());
        try {
            token.sign(new MACSigner(secret.getBytes(UTF_8)));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return token.serialize();
    }
}
