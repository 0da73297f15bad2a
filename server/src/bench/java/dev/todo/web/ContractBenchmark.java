package dev.todo.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.todo.web.PlainBodyTest.Sample;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

/** Holds good requests to the contract: the longest example of each operation's JSON, and the two usual reads. */
@State(Scope.Thread)
public class ContractBenchmark {
    private static final String GET_TASK = "getTask";
    private static final String LIST_TASKS = "listTasks";

    private final ContractValidator validator = BothJudges.CONTRACT.validator();

    /** The id of an operation. */
    @Param({})
    public String request = "";

    private MockServerHttpRequest received = get("/");
    private byte @Nullable [] body;
    private Route route = Route.NOWHERE;

    public static Collection<String> requests() {
        return Stream.concat(
                        Stream.of(GET_TASK, LIST_TASKS), PlainBodyTest.samples().map(Sample::operation))
                .distinct()
                .toList();
    }

    @Setup
    public void receive() {
        switch (request) {
            case GET_TASK -> received = get("/api/1/tasks/1");
            case LIST_TASKS -> received = get("/api/1/tasks?limit=50");
            default -> {
                Sample sample = longest(request);
                received = sample.request();
                body = sample.json().getBytes(UTF_8);
            }
        }
        route = BothJudges.routeOf(received);
    }

    private static MockServerHttpRequest get(String uri) {
        return BothJudges.request(HttpMethod.GET, uri).build();
    }

    private static Sample longest(String operation) {
        return PlainBodyTest.samples()
                .filter(sample -> sample.operation().equals(operation))
                .max(Comparator.comparingInt(sample -> sample.json().length()))
                .orElseThrow();
    }

    /** As the filter does it: what the quick judge does not call good, the validator judges. */
    @Benchmark
    public boolean asServed() {
        boolean isGood = operation().plain().isGood(received, route.variables(), body);
        if (!isGood) {
            byValidator();
        }
        return isGood;
    }

    @Benchmark
    public void byValidator() {
        validator.validate(received, route, operation(), body == null ? null : JsonBody.parse(body));
    }

    private Route.Operation operation() {
        return requireNonNull(route.operation());
    }
}
