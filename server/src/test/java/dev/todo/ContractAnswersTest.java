package dev.todo;

import static dev.todo.ContractTree.CONTRACT;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.ContractTree.Answer;
import dev.todo.ContractTree.Operation;
import dev.todo.ContractTree.Place;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the contract to its conventions: which answers an operation declares, and their headers. */
class ContractAnswersTest {
    /** All others are there in every answer that declares them. */
    private static final Set<String> SOMETIMES_THERE = Set.of("Idempotency-Replayed", "Retry-After-If-In-Use");

    @Test
    void everyOperationDeclaresWhatMayHappenToAnyRequest() {
        assertThat(missing(operation -> true, 400, 500, 503)).isEmpty();
    }

    @Test
    void onlyTheSystemAndSigningInArePublic() {
        Set<String> signingIn = Set.of("/api/auth/register", "/api/auth/login", "/api/auth/refresh");
        assertThat(CONTRACT.root().at("security").children()).isNotEmpty();
        assertThat(CONTRACT.operations())
                .allSatisfy(operation -> assertThat(operation.isPublic())
                        .as(operation.id())
                        .isEqualTo(!operation.path().startsWith("/api/") || signingIn.contains(operation.path())));
    }

    @Test
    void operationsOfAUserRefuseOthers() {
        assertThat(missing(operation -> !operation.isPublic(), 401)).isEmpty();
        assertThat(missing(operation -> operation.takes("user_id"), 403)).isEmpty();
        assertThat(missing(Operation::takesResourceId, 404)).isEmpty();
    }

    @Test
    void operationsUnderApiAreLimited() {
        assertThat(missing(ContractAnswersTest::isUnderApi, 429)).isEmpty();
        for (String header : List.of("RateLimit", "RateLimit-Policy")) {
            assertThat(without(header, answer -> isUnderApi(answer.operation())))
                    .isEmpty();
            assertThat(without(header, answer -> true))
                    .as("no limit elsewhere")
                    .containsExactlyElementsOf(CONTRACT.answers().stream()
                            .filter(answer -> !isUnderApi(answer.operation()))
                            .map(Answer::where)
                            .toList());
        }
    }

    @Test
    void operationsWithABodyRefuseBadOnes() {
        assertThat(missing(Operation::takesBody, 413, 415, 422)).isEmpty();
        assertThat(CONTRACT.operations().stream().filter(Operation::takesBody))
                .allSatisfy(operation -> assertThat(operation.body().text("required"))
                        .as(operation.id())
                        .isEqualTo("true"));
    }

    @Test
    void operationsWithIfMatchMayFindThatItFails() {
        assertThat(missing(operation -> operation.takes("If-Match"), 412)).isEmpty();
    }

    @Test
    void operationsWithIfNoneMatchMayFindNothingNew() {
        assertThat(missing(operation -> operation.takes("If-None-Match"), 304)).isEmpty();
    }

    @Test
    void operationsThatAnswerABodyMayFindItUnacceptable() {
        assertThat(missing(ContractAnswersTest::answersABody, 406)).isEmpty();
    }

    @Test
    void changesOfOneTaskTakeIfMatch() {
        assertThat(CONTRACT.operations().stream()
                        .filter(operation -> operation.path().contains("/tasks/{task_id}"))
                        .filter(operation -> List.of("put", "patch", "delete")
                                .contains(operation.place().name()))
                        .filter(operation -> !operation.takes("If-Match"))
                        .map(Operation::id))
                .isEmpty();
    }

    @Test
    void whatIsPostedForAUserMayBeSentAgain() {
        Set<String> posted = CONTRACT.operations().stream()
                .filter(operation -> operation.path().startsWith("/api/{user_id}/"))
                .filter(operation -> operation.place().name().equals("post"))
                .map(Operation::id)
                .collect(toSet());
        assertThat(posted)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(CONTRACT.operations().stream()
                        .filter(operation -> operation.takes("Idempotency-Key"))
                        .map(Operation::id)
                        .toList());
        assertThat(missing(operation -> posted.contains(operation.id()), 409, 422))
                .isEmpty();
        assertThat(without(
                        "Idempotency-Replayed",
                        answer -> answer.isSuccess()
                                && posted.contains(answer.operation().id())))
                .isEmpty();
        assertThat(without(
                        "Retry-After",
                        answer -> answer.status() == 409
                                && posted.contains(answer.operation().id())))
                .isEmpty();
    }

    @Test
    void everyAnswerHasItsHeaders() {
        assertThat(without("X-Request-Id", answer -> true)).isEmpty();
        assertThat(without("Location", answer -> answer.status() == 201)).isEmpty();
        assertThat(without("WWW-Authenticate", answer -> answer.status() == 401))
                .isEmpty();
        assertThat(without("Allow", answer -> answer.status() == 405)).isEmpty();
        assertThat(without("Retry-After", answer -> answer.status() == 429 || answer.status() == 503))
                .isEmpty();
        assertThat(without("ETag", answer -> answer.status() == 304 || isOneTask(answer)))
                .isEmpty();
    }

    @Test
    void headersOfAnswersAreAlwaysThere() {
        assertThat(CONTRACT.answers().stream()
                        .flatMap(answer -> answer.place().at("headers").children())
                        .map(CONTRACT::resolve)
                        .filter(header -> !header.text("required").equals("true"))
                        .map(Place::name)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(SOMETIMES_THERE);
    }

    @Test
    void everyRefusalIsAProblem() {
        assertThat(CONTRACT.answers().stream().filter(answer -> !answer.isSuccess()))
                .allSatisfy(answer -> {
                    Place content = answer.place().at("content");
                    assertThat(content.node().fieldNames())
                            .toIterable()
                            .as(answer.where())
                            .containsExactly("application/problem+json");
                    assertThat(content.at("application/problem+json", "schema").text("$ref"))
                            .as(answer.where())
                            .isEqualTo("#/components/schemas/Problem");
                });
    }

    @Test
    void noContentMeansNoContent() {
        assertThat(CONTRACT.answers().stream()
                        .filter(answer -> (answer.status() == 204 || answer.status() == 304)
                                == answer.place().has("content"))
                        .map(Answer::where))
                .isEmpty();
    }

    private static List<String> missing(Predicate<Operation> which, int... statuses) {
        return CONTRACT.operations().stream()
                .filter(which)
                .flatMap(operation -> IntStream.of(statuses)
                        .filter(status -> !operation.declares(status))
                        .mapToObj(status -> operation.id() + " " + status))
                .toList();
    }

    private static List<String> without(String header, Predicate<Answer> which) {
        return CONTRACT.answers().stream()
                .filter(which)
                .filter(answer -> !answer.place().at("headers").has(header))
                .map(Answer::where)
                .toList();
    }

    private static boolean isUnderApi(Operation operation) {
        return operation.path().startsWith("/api/");
    }

    private static boolean answersABody(Operation operation) {
        return CONTRACT.answers().stream()
                .filter(answer -> answer.operation().id().equals(operation.id()))
                .anyMatch(answer -> answer.isSuccess() && answer.place().has("content"));
    }

    private static boolean isOneTask(Answer answer) {
        return schemasOf(answer).anyMatch(schema -> schema.text("$ref").equals("#/components/schemas/Task"));
    }

    private static Stream<Place> schemasOf(Answer answer) {
        return answer.place().at("content").children().map(media -> media.at("schema"));
    }
}
