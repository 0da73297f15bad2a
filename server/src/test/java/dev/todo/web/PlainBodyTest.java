package dev.todo.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.MediaType;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

/** The quick judge calls no body good that the validator refuses, and good what clients send on most days. */
class PlainBodyTest {
    /** Examples with what only the validator can judge: lists of ids, each once. */
    private static final Set<String> UNCERTAIN = Set.of(
            "completeTasks taskSelectionIds",
            "deleteTasks taskSelectionIds",
            "reopenTasks taskSelectionIds",
            "updateTasks tasksUpdateIds");

    private static final int MUTANTS = 400;

    /** An example of a body, and where it is sent. */
    record Sample(String operation, HttpMethod method, String path, String type, String name, String json) {
        MockServerHttpRequest request() {
            return BothJudges.request(method, path.replaceAll("\\{[^}]+}", "1"))
                    .header("Content-Type", type)
                    .build();
        }

        @Override
        public String toString() {
            return operation + " " + type + " " + name;
        }
    }

    static Stream<Sample> samples() {
        return BothJudges.CONTRACT.document().getPaths().entrySet().stream()
                .flatMap(path -> path.getValue().readOperationsMap().entrySet().stream()
                        .filter(operation -> operation.getValue().getRequestBody() != null)
                        .flatMap(operation -> operation.getValue().getRequestBody().getContent().entrySet().stream()
                                .filter(content -> content.getKey().endsWith("json")
                                        && !content.getKey().endsWith("ndjson"))
                                .flatMap(content -> examples(content.getValue())
                                        .map(example -> new Sample(
                                                operation.getValue().getOperationId(),
                                                HttpMethod.valueOf(
                                                        operation.getKey().name()),
                                                path.getKey(),
                                                content.getKey(),
                                                example.getKey(),
                                                example.getValue())))));
    }

    private static Stream<Map.Entry<String, String>> examples(MediaType content) {
        return content.getExamples().entrySet().stream()
                .map(example -> Map.entry(
                        example.getKey(),
                        resolved(example.getValue()).getValue().toString()));
    }

    private static Example resolved(Example example) {
        String reference = example.get$ref();
        return reference == null
                ? example
                : requireNonNull(BothJudges.CONTRACT
                        .document()
                        .getComponents()
                        .getExamples()
                        .get(reference.substring(reference.lastIndexOf('/') + 1)));
    }

    @Test
    void examplesAreCalledGoodExceptForThoseListed() {
        Set<String> uncertain = new TreeSet<>();
        samples().forEach(sample -> {
            if (!new BothJudges().callGood(sample.request(), sample.json().getBytes(UTF_8))) {
                uncertain.add(sample.operation() + " " + sample.name());
            }
        });
        assertThat(uncertain).containsExactlyInAnyOrderElementsOf(UNCERTAIN);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void noMutantIsCalledGoodAndRefused(Sample sample) throws JsonProcessingException {
        long seed = new Random().nextLong();
        try {
            Mutants mutants = new Mutants(new Random(seed));
            BothJudges judges = new BothJudges();
            for (int i = 0; i < MUTANTS; i++) {
                judges.callGood(sample.request(), mutants.of(sample.json()));
            }
            assertThat(mutants.kinds()).isGreaterThan(5);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("Seed %d".formatted(seed), e);
        }
    }

    @Test
    void noValueOfAFieldOfATaskIsCalledGoodAndRefused() {
        BothJudges judges = new BothJudges();
        for (String field : Mutants.FIELDS) {
            for (String value : Mutants.VALUES) {
                String json = "{\"title\":\"Pay the rent\",\"%s\":%s}".formatted(field, value);
                judges.callGood(taskCreate().request(), json.getBytes(UTF_8));
            }
        }
        judges.assertBothVerdictsWereMet();
    }

    @Test
    void theMutantsOfATaskMeetBothVerdicts() throws JsonProcessingException {
        Sample task = taskCreate();
        Mutants mutants = new Mutants(new Random(1));
        BothJudges judges = new BothJudges();
        for (int i = 0; i < MUTANTS; i++) {
            judges.callGood(task.request(), mutants.of(task.json()));
        }
        judges.assertBothVerdictsWereMet();
    }

    private static Sample taskCreate() {
        return samples()
                .filter(sample -> sample.operation().equals("createTask"))
                .findFirst()
                .orElseThrow();
    }
}
