package dev.todo;

import static dev.todo.ContractTree.CONTRACT;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.schema.SchemaValidator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.todo.ContractTree.Answer;
import dev.todo.ContractTree.Operation;
import dev.todo.ContractTree.Place;
import dev.todo.problem.ProblemType;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the contract to its conventions: an example of every body, and every example true. */
class ContractExamplesTest {
    private static final SchemaValidator VALIDATOR = new SchemaValidator(
            Json.mapper().convertValue(CONTRACT.root().node(), OpenAPI.class), new MessageResolver());

    /** An example, and the schema that it is an example of. */
    private record Example(Place value, Place schema) {
        List<String> errors() {
            return ContractExamplesTest.errors(value.node(), schema.node());
        }
    }

    @Test
    void everyBodyHasANamedExample() {
        Stream<Place> requests = CONTRACT.operations().stream().map(Operation::body);
        Stream<Place> answers = CONTRACT.answers().stream().map(Answer::place);

        assertThat(Stream.concat(requests, answers)
                        .flatMap(body -> body.at("content").children())
                        .filter(media -> media.at("examples").node().isEmpty())
                        .map(Place::where)
                        .distinct())
                .isEmpty();
    }

    @Test
    void everyExampleIsUsedAndHasASummary() {
        List<String> used = CONTRACT.root()
                .tree()
                .flatMap(place -> place.at("examples").children())
                .filter(example -> example.has("$ref"))
                .map(example -> CONTRACT.resolve(example).name())
                .toList();

        assertThat(CONTRACT.root().at("components", "examples").children()).allSatisfy(example -> {
            assertThat(used).contains(example.name());
            assertThat(example.text("summary")).as(example.where()).isNotBlank();
        });
    }

    @Test
    void everyExampleKeepsToItsSchema() {
        assertThat(examples())
                .hasSizeGreaterThan(40)
                .allSatisfy(example ->
                        assertThat(example.errors()).as(example.value().where()).isEmpty());
    }

    @Test
    void everyParameterAndHeaderHasAnExample() {
        Stream<Place> headers = CONTRACT.answers().stream()
                .flatMap(answer -> answer.place().at("headers").children())
                .map(CONTRACT::resolve);
        Stream<Place> parameters = CONTRACT.operations().stream().flatMap(operation -> operation.parameters().stream());

        assertThat(Stream.concat(parameters, headers)
                        .filter(place -> !place.has("example"))
                        .filter(place -> !CONTRACT.resolve(place.at("schema")).has("example"))
                        .map(Place::where)
                        .distinct())
                .isEmpty();
    }

    @Test
    void everyLineOfAFileKeepsToItsSchema() {
        assertThat(examples().stream().filter(example -> lineSchema(example).isPresent()))
                .hasSizeGreaterThan(1)
                .allSatisfy(example -> assertThat(
                                example.value().node().asText().lines())
                        .isNotEmpty()
                        .allSatisfy(line -> assertThat(errors(
                                        Json.mapper().readTree(line),
                                        lineSchema(example).orElseThrow().node()))
                                .as(line)
                                .isEmpty()));
    }

    @Test
    void everyExampleOfAProblemIsOfTheCatalogue() {
        assertThat(CONTRACT.answers().stream().filter(answer -> !answer.isSuccess()))
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(examplesIn(answer.place()))
                        .as(answer.where())
                        .isNotEmpty()
                        .allSatisfy(example -> assertIsOfTheCatalogue(example, answer.status())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    TaskCreate | {"description": "no title"}
                    TaskCreate | {"title": null}
                    TaskCreate | {"title": " "}
                    TaskCreate | {"title": "Pay the rent", "colour": "red"}
                    TaskCreate | {"title": "Pay the rent", "completed": "yes"}
                    TaskPatch  | {"completed": null}
                    TaskId     | 0
                    TaskSort   | "colour"
                    Cursor     | "not a cursor"
                    Health     | {"status": "ill"}
                    TaskPage   | {"items": []}
                    TaskPage   | {"items": [{"id": 1}], "next_cursor": null}
                    Problem    | {"status": 404}
                    """)
    void anExampleThatBreaksItsSchemaIsFound(String schema, String example) throws Exception {
        JsonNode reference = Json.mapper().createObjectNode().put("$ref", "#/components/schemas/" + schema);

        assertThat(errors(Json.mapper().readTree(example), reference)).isNotEmpty();
    }

    private static void assertIsOfTheCatalogue(Place example, int status) {
        ProblemType type = Stream.of(ProblemType.values())
                .filter(candidate -> candidate.code().equals(example.text("code")))
                .findFirst()
                .orElseThrow();
        assertThat(type.status()).isEqualTo(status);
        assertThat(example.node().path("status").asInt()).isEqualTo(status);
        assertThat(example.text("type")).isEqualTo(type.uri());
        assertThat(example.text("title")).isEqualTo(type.title());
    }

    private static Stream<Place> examplesIn(Place answer) {
        return answer.at("content")
                .children()
                .flatMap(media -> media.at("examples").children())
                .map(example -> CONTRACT.resolve(example).at("value"));
    }

    private static List<Example> examples() {
        Stream<Example> named = CONTRACT.root()
                .tree()
                .filter(place -> place.has("schema"))
                .flatMap(place -> place.at("examples")
                        .children()
                        .map(example -> new Example(CONTRACT.resolve(example).at("value"), place.at("schema"))));
        Stream<Example> single = CONTRACT.root()
                .tree()
                .filter(place -> place.has("schema") && place.has("example"))
                .map(place -> new Example(place.at("example"), place.at("schema")));
        Stream<Example> ofSchemas = CONTRACT.schemas().stream()
                .filter(schema -> schema.has("example"))
                .map(schema -> new Example(schema.at("example"), schema));
        return Stream.of(named, single, ofSchemas).flatMap(examples -> examples).toList();
    }

    private static Optional<Place> lineSchema(Example example) {
        Place schema = CONTRACT.resolve(example.schema()).at("x-line-schema");
        return schema.has("$ref") ? Optional.of(schema) : Optional.empty();
    }

    private static List<String> errors(JsonNode value, JsonNode schema) {
        Schema<?> model = Json.mapper().convertValue(schema, Schema.class);
        return VALIDATOR.validate(() -> value, model, "example").getMessages().stream()
                .map(ValidationReport.Message::getMessage)
                .toList();
    }
}
