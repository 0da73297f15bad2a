package dev.todo.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The quick judge calls no parameters good that the validator refuses, and good what clients send on most days. */
class PlainParametersTest {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");
    private static final List<PathPattern> PATTERNS = BothJudges.CONTRACT.document().getPaths().keySet().stream()
            .map(PathPatternParser.defaultInstance::parse)
            .sorted()
            .toList();
    private static final int ROUNDS = 500;

    private static final List<String> IN_PATHS = List.of(
            "me",
            "me",
            "alice",
            "null",
            "NULL",
            "1",
            "42",
            "42",
            "0",
            "-1",
            "01",
            "1.0",
            "1e2",
            "9007199254740991",
            "9007199254740992",
            "9223372036854775808",
            "%20",
            "%31",
            "a%2Fb",
            "a%2Cb",
            "a+b",
            "~",
            "a,b",
            "x".repeat(50),
            "x".repeat(51),
            "x".repeat(64),
            "x".repeat(65),
            "x".repeat(255),
            "%00",
            "%C3%A9",
            "a_b",
            "bulk",
            "stats");

    private static final List<String> IN_QUERIES = List.of(
            "",
            "1",
            "0",
            "50",
            "200",
            "201",
            "-1",
            "01",
            "5.0",
            "1e2",
            "%205",
            "2147483648",
            "true",
            "false",
            "True",
            "null",
            "NULL",
            "all",
            "pending",
            "Pending",
            "pending,",
            "high",
            "high,low",
            "high,,low",
            "-created_at",
            "title,-priority",
            "title,title",
            "title,",
            ",",
            "title,x",
            "today",
            "home",
            "%20",
            "%20home",
            "home%20",
            "a%2Cb",
            "%00",
            "a%00",
            "a%0A",
            "%F0%9F%98%80",
            "%ED%A0%BD",
            "pay+rent",
            "pay%20rent",
            "+",
            "AWJ3",
            "a.b",
            "a%22b",
            "%5B1%5D",
            "2026-12-01T00:00:00Z",
            "2026-12-01",
            "x".repeat(200),
            "x".repeat(201),
            "abort",
            "skip",
            "%7B%7D");

    private static final List<String> IN_HEADERS = List.of(
            "",
            " ",
            "*",
            "\"3\"",
            "W/\"3\"",
            "\"3\", \"4\"",
            "\"3\",",
            "\"3\" ",
            "3",
            "null",
            "NULL",
            "abc",
            "a b",
            "\u00e9",
            "x".repeat(255),
            "x".repeat(256),
            "5d6a1c1e-5c0d-4f0e-9f6e-0a4b7e2c8d31",
            "\"\u00e9\"",
            "*,*",
            "\"a\"\t,\t\"b\"");

    private static final List<String> TYPES = List.of("application/json", "text/plain", "nonsense", "");

    private static final Map<String, byte[]> BODIES = PlainBodyTest.samples()
            .collect(toMap(
                    PlainBodyTest.Sample::operation, sample -> sample.json().getBytes(UTF_8), (a, b) -> b));

    record Sample(String path, HttpMethod method, List<Parameter> parameters, String operation) {
        byte @Nullable [] body() {
            return BODIES.get(operation);
        }

        @Override
        public String toString() {
            return operation;
        }
    }

    static Stream<Sample> samples() {
        return BothJudges.CONTRACT.document().getPaths().entrySet().stream()
                .flatMap(path -> samples(path.getKey(), path.getValue()));
    }

    private static Stream<Sample> samples(String path, PathItem item) {
        return item.readOperationsMap().entrySet().stream()
                .map(operation -> new Sample(
                        path,
                        HttpMethod.valueOf(operation.getKey().name()),
                        operation.getValue().getParameters() == null
                                ? List.of()
                                : operation.getValue().getParameters(),
                        operation.getValue().getOperationId()))
                .filter(sample -> !sample.operation.equals("importTasks"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/me/tasks",
                "/api/me/tasks/42",
                "/api/0Vb5mQhY3r0oUuJ4x1m6l0Jq3y8d2WcK/tasks?limit=50",
                "/api/me/tasks?status=pending&sort=-priority,due_at&limit=20",
                "/api/me/tasks?priority=high&priority=urgent&tag=home&overdue=true",
                "/api/me/tasks?q=pay%20rent&cursor=AWJ3dXNlZnVsbm9uZQ",
                "/api/me/tags/home",
                "/api/auth/me",
                "/health"
            })
    void whatClientsReadIsCalledGood(String uri) {
        HttpMethod method = uri.contains("/tags/") ? HttpMethod.DELETE : HttpMethod.GET;
        assertThat(new BothJudges().callGood(BothJudges.request(method, uri).build(), null))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", "*", "\"3\", W/\"4\""})
    void tagsAreCalledGood(String tags) {
        MockServerHttpRequest request = BothJudges.request(HttpMethod.GET, "/api/me/tasks/42")
                .header("If-None-Match", tags)
                .build();
        assertThat(new BothJudges().callGood(request, null)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void noParametersAreCalledGoodAndRefused(Sample sample) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        BothJudges judges = new BothJudges();
        try {
            for (int i = 0; i < ROUNDS; i++) {
                MockServerHttpRequest request = request(sample, random);
                Route route = BothJudges.routeOf(request);
                if (route.operation() != null && route.operation().id().equals(sample.operation)) {
                    judges.callGood(request, sample.body());
                }
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("Seed %d".formatted(seed), e);
        }
        if (!sample.parameters.isEmpty()) {
            judges.assertBothVerdictsWereMet();
        }
    }

    private static MockServerHttpRequest request(Sample sample, Random random) {
        String path = VARIABLE.matcher(sample.path)
                .replaceAll(variable -> random.nextBoolean() ? "1" : pick(IN_PATHS, random));
        List<String> query = new ArrayList<>();
        MockServerHttpRequest.BodyBuilder request;
        for (Parameter parameter : sample.parameters) {
            int times = parameter.getIn().equals("query") && random.nextInt(6) == 0 ? 1 + random.nextInt(7) / 5 : 0;
            for (int i = 0; i < times; i++) {
                query.add(parameter.getName() + "=" + value(parameter, random));
            }
        }
        if (random.nextInt(12) == 0) {
            query.add(pick(List.of("x=1", "=1", "limit", "limit[]=1", "", "LIMIT=1", "&", "status"), random));
        }
        request = BothJudges.request(sample.method, query.isEmpty() ? path : path + "?" + String.join("&", query));
        for (Parameter parameter : sample.parameters) {
            for (int i = parameter.getIn().equals("header") ? random.nextInt(5) / 2 : 0; i > 0; i--) {
                request.header(parameter.getName(), pick(IN_HEADERS, random));
            }
        }
        if (sample.body() != null || random.nextInt(10) == 0) {
            request.header("Content-Type", sample.body() != null ? "application/json" : pick(TYPES, random));
        }
        return request.build();
    }

    private static String value(Parameter parameter, Random random) {
        Object example = parameter.getExample();
        return example instanceof String text && random.nextBoolean()
                ? text.replace(" ", "%20").replace("\"", "%22")
                : pick(IN_QUERIES, random);
    }

    /** Spring's patterns, from the most special on, are what routing means. */
    @ParameterizedTest
    @MethodSource("samples")
    void pathsAreFoundAsSpringFindsThem(Sample sample) {
        Random random = new Random(1);
        for (int i = 0; i < ROUNDS; i++) {
            String path = VARIABLE.matcher(sample.path)
                            .replaceAll(variable -> random.nextBoolean() ? "1" : pick(IN_PATHS, random))
                    + pick(List.of("", "", "", "/", "/x", "//", ";a=b", "/%20"), random);
            Route route =
                    BothJudges.routeOf(BothJudges.request(sample.method, path).build());
            Map<String, String> expected = variables(PathContainer.parsePath(path));
            assertThat(route.pathExists()).as(path).isEqualTo(expected != null);
            if (expected != null) {
                assertThat(route.variables()).as(path).isEqualTo(expected);
            }
        }
    }

    private static @Nullable Map<String, String> variables(PathContainer path) {
        return PATTERNS.stream()
                .map(pattern -> pattern.matchAndExtract(path))
                .filter(Objects::nonNull)
                .findFirst()
                .map(PathPattern.PathMatchInfo::getUriVariables)
                .orElse(null);
    }

    private static <T> T pick(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
