package dev.todo;

import static dev.todo.ContractTree.CONTRACT;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.ContractTree.Operation;
import dev.todo.ContractTree.Place;
import dev.todo.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the contract to its conventions: its names, its schemas and what it says about itself. */
class ContractConventionsTest {
    private static final Pattern OPERATION_ID = Pattern.compile(
            "(change|complete|create|delete|empty|end|export|get|import|list|purge|refresh|rename|reopen|replace|restore|skip|update)"
                    + "([A-Z][a-z0-9]*)+|register|logIn|logOut(Everywhere)?");
    private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    private static final Pattern LOWER_CASE = Pattern.compile("-?[a-z][a-z0-9]*([_-][a-z0-9]+)*");
    private static final Pattern PROBLEM_ROW =
            Pattern.compile("(?m)^\\| (\\d{3}) \\| `([^`]+)` \\| [^|]+ \\| [^|]+ \\|$");

    /** What an answer may leave out: only invalid input has errors, each at a pointer, of a parameter or in a line. */
    private static final Set<String> OPTIONAL_IN_ANSWERS =
            Set.of("Problem/errors", "InputError/line", "InputError/pointer", "InputError/parameter");

    /** Holds whatever OpenAPI allows. */
    private static final Set<String> OF_ANOTHER_STANDARD = Set.of("ContractJson", "ContractInfo");

    @Test
    void isOpenApi303() {
        assertThat(CONTRACT.root().text("openapi")).isEqualTo("3.0.3");
    }

    @Test
    void hasTheVersionOfTheBuild() throws IOException {
        Properties build = new Properties();
        try (InputStream info = TodoServer.class.getResourceAsStream("/META-INF/build-info.properties")) {
            build.load(info);
        }

        String version = build.getProperty("build.version").replace("-SNAPSHOT", "");

        assertThat(CONTRACT.root().at("info").text("version")).isEqualTo(version);
    }

    @Test
    void explainsItself() {
        assertThat(description().lines().filter(line -> line.startsWith("#")))
                .containsExactly(
                        "# Users and access",
                        "# Accounts and sessions",
                        "# Requests",
                        "# Errors",
                        "# Lists",
                        "# Changing a part",
                        "# Due dates",
                        "# Recurrence",
                        "# Bulk changes",
                        "# Trash",
                        "# Concurrency",
                        "# Safe retries",
                        "# Import and export",
                        "# Rate limits",
                        "# Time",
                        "# Request ids",
                        "# Growth");
    }

    @Test
    void tabulatesEveryProblem() {
        assertThat(PROBLEM_ROW.matcher(description()).results().map(ContractConventionsTest::row))
                .containsExactlyInAnyOrderElementsOf(Stream.of(ProblemType.values())
                        .map(problem -> problem.status() + " " + problem.code())
                        .toList());
    }

    @Test
    void namesEveryProblemInItsCode() {
        assertThat(schema("ProblemCode").texts("enum"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ProblemType.values()).map(ProblemType::code).toList());
    }

    @Test
    void operationsAreNamedByVerbAndNoun() {
        assertThat(CONTRACT.operations()).extracting(Operation::id).doesNotHaveDuplicates();
        assertThat(CONTRACT.operations().stream().map(Operation::id))
                .isNotEmpty()
                .allMatch(id -> OPERATION_ID.matcher(id).matches());
    }

    @Test
    void operationsHaveOneDescribedTag() {
        Set<String> described = CONTRACT.root()
                .at("tags")
                .children()
                .filter(tag -> !tag.text("description").isBlank())
                .map(tag -> tag.text("name"))
                .collect(toSet());

        assertThat(CONTRACT.operations())
                .allSatisfy(operation -> assertThat(operation.place().texts("tags"))
                        .as(operation.id())
                        .hasSize(1)
                        .isSubsetOf(described));
    }

    @Test
    void operationsParametersHeadersAndSchemasAreDescribed() {
        Stream<Place> operations = CONTRACT.operations().stream().map(Operation::place);
        Stream<Place> shared = Stream.of("parameters", "headers", "responses", "schemas", "securitySchemes")
                .flatMap(kind -> CONTRACT.root().at("components", kind).children());
        Stream<Place> properties = CONTRACT.schemas().stream()
                .flatMap(schema -> schema.at("properties").children())
                .filter(property -> !property.has("$ref"));

        assertThat(where(
                        Stream.of(operations, shared, properties).flatMap(places -> places),
                        place -> place.text("description").isBlank()))
                .isEmpty();
    }

    @Test
    void parametersAndFieldsAreInSnakeCase() {
        Stream<String> parameters = CONTRACT.operations().stream()
                .flatMap(operation -> operation.parameters().stream())
                .filter(parameter -> !parameter.text("in").equals("header"))
                .map(parameter -> parameter.text("name"));
        Stream<String> fields = CONTRACT.schemas().stream()
                .flatMap(schema -> schema.at("properties").children())
                .map(Place::name);

        assertThat(Stream.concat(parameters, fields))
                .isNotEmpty()
                .allMatch(name -> SNAKE_CASE.matcher(name).matches());
    }

    @Test
    void bodiesAreNamedSchemas() {
        Stream<Place> bodies = CONTRACT.root()
                .tree()
                .filter(place -> place.where().endsWith("/content"))
                .flatMap(Place::children)
                .map(media -> media.at("schema"));

        assertThat(where(bodies, schema -> !schema.has("$ref"))).isEmpty();
    }

    @Test
    void objectsAndEnumsAreNamedSchemas() {
        assertThat(where(
                        CONTRACT.schemas().stream().filter(schema -> !isNamed(schema)),
                        schema -> schema.has("enum")
                                || schema.has("properties")
                                || schema.text("type").equals("object")))
                .isEmpty();
    }

    @Test
    void schemasHaveOneTypeAndReferencesNothingBesides() {
        assertThat(where(
                        CONTRACT.schemas().stream(),
                        schema -> schema.has("$ref")
                                ? schema.node().size() > 1
                                : schema.text("type").isEmpty()))
                .isEmpty();
    }

    @Test
    void schemasAreNotComposed() {
        assertThat(where(
                        CONTRACT.schemas().stream(),
                        schema -> Stream.of("oneOf", "anyOf", "allOf", "not").anyMatch(schema::has)))
                .isEmpty();
    }

    @Test
    void stringsArraysAndNumbersAreBounded() {
        assertThat(where(CONTRACT.schemas().stream(), schema -> !isBounded(schema)))
                .isEmpty();
    }

    @Test
    void patternsOfWhatIsTakenSayInWordsWhatTheyMean() {
        Set<String> taken = CONTRACT.reachableFrom(CONTRACT.operations().stream()
                .flatMap(operation -> Stream.concat(Stream.of(operation.body()), operation.parameters().stream())));
        assertThat(where(
                        taken.stream().map(ContractConventionsTest::schema).filter(schema -> schema.has("pattern")),
                        schema -> schema.text("x-pattern-message").isBlank()))
                .isEmpty();
    }

    @Test
    void enumsAreInLowerCase() {
        assertThat(CONTRACT.schemas().stream().flatMap(schema -> schema.texts("enum").stream()))
                .isNotEmpty()
                .allMatch(value -> LOWER_CASE.matcher(value).matches());
    }

    @Test
    void answersLeaveNothingOut() {
        assertThat(sentSchemas().stream()
                        .map(ContractConventionsTest::schema)
                        .flatMap(schema -> schema.at("properties")
                                .children()
                                .filter(property -> !schema.texts("required").contains(property.name()))
                                .map(property -> schema.name() + "/" + property.name())))
                .isSubsetOf(OPTIONAL_IN_ANSWERS);
    }

    @Test
    void requestsRefuseUnknownFieldsAndAnswersMayGrow() {
        Set<String> taken =
                CONTRACT.reachableFrom(CONTRACT.operations().stream().map(Operation::body));
        Set<String> onlySent = new HashSet<>(sentSchemas());
        onlySent.removeAll(taken);
        onlySent.removeAll(OF_ANOTHER_STANDARD);

        assertThat(where(
                        taken.stream().map(ContractConventionsTest::schema).filter(ContractConventionsTest::isObject),
                        schema -> !schema.text("additionalProperties").equals("false")))
                .isEmpty();
        assertThat(where(
                        onlySent.stream().map(ContractConventionsTest::schema),
                        schema -> schema.has("additionalProperties")))
                .isEmpty();
    }

    /** Clients are made from it: in a patch, what is absent is not null. */
    @Test
    void patchesSayThatTheyAre() {
        assertThat(where(
                        CONTRACT.root().at("components", "schemas").children(),
                        schema -> schema.name().endsWith("Patch")
                                != schema.text("x-merge-patch").equals("true")))
                .isEmpty();
    }

    @Test
    void everySchemaIsUsed() {
        Set<String> named = CONTRACT.root()
                .at("components", "schemas")
                .children()
                .map(Place::name)
                .collect(toSet());

        assertThat(CONTRACT.reachableFrom(Stream.of(CONTRACT.root().at("paths"))))
                .containsExactlyInAnyOrderElementsOf(named);
    }

    private static String description() {
        return CONTRACT.root().at("info").text("description");
    }

    private static String row(MatchResult match) {
        return match.group(1) + " " + match.group(2);
    }

    private static Place schema(String name) {
        return CONTRACT.root().at("components", "schemas", name);
    }

    private static Set<String> sentSchemas() {
        return CONTRACT.reachableFrom(CONTRACT.answers().stream().map(ContractTree.Answer::place));
    }

    private static boolean isNamed(Place schema) {
        return schema.where().matches("/components/schemas/[^/]+");
    }

    private static boolean isObject(Place schema) {
        return schema.text("type").equals("object");
    }

    private static boolean isBounded(Place schema) {
        return switch (schema.text("type")) {
            case "string" ->
                schema.has("maxLength")
                        || schema.has("enum")
                        || Set.of("date", "date-time").contains(schema.text("format"));
            case "array" -> schema.has("maxItems") && schema.has("items");
            case "integer", "number" -> schema.has("minimum") && schema.has("maximum");
            default -> true;
        };
    }

    private static List<String> where(Stream<Place> places, Predicate<Place> wrong) {
        return places.filter(wrong).map(Place::where).toList();
    }
}
