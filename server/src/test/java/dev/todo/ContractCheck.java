package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.schema.SchemaValidator;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds every answer that any test gets to the contract, with the check that is published for others, and remembers
 * which of the declared answers were seen.
 */
public final class ContractCheck extends dev.todo.contract.ContractCheck {
    public static final OpenAPI CONTRACT = document();

    /** The one that all tests share. */
    static final ContractCheck EVERY_ANSWER = new ContractCheck();

    /** How long to wait is another time each time. */
    private static final Pattern SECONDS = Pattern.compile("in \\d+ s\\b");

    /** What the server has for people, with GET alone; whatever else succeeds must be an operation. */
    private static final Pattern PAGE =
            Pattern.compile("(GET|HEAD)/((client|docs|problems)(/.*)?|(?!openapi\\.)[a-z]+\\.[a-z]+)?");

    private static final SchemaValidator SCHEMAS = new SchemaValidator(
            CONTRACT, new MessageResolver(LevelResolver.create().build()));
    private static final Set<String> SAID = new ConcurrentSkipListSet<>();

    private ContractCheck() {
        super(Also.NOTHING_UNDECLARED);
    }

    @Override
    public void answer(String method, URI uri, int status, Map<String, List<String>> headers, byte @Nullable [] body) {
        if (status < 400 && PAGE.matcher(method + uri.getRawPath()).matches()) {
            assertThat(headers.keySet()).anyMatch("X-Request-Id"::equalsIgnoreCase);
            return;
        }
        String text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
        try {
            super.answer(method, uri, status, headers, body);
        } catch (AssertionError broken) {
            throw new AssertionError("%s%n%s answered %s".formatted(broken.getMessage(), uri, text), broken);
        }
        if (status >= 400 && !text.isEmpty()) {
            assertThat(text).doesNotContain("Exception", "dev.todo", "org.");
            SAID.addAll(sentences(text));
        }
    }

    static void check(HttpMethod method, URI uri, int status, HttpHeaders headers, byte[] body) {
        Map<String, List<String>> fields = new HashMap<>();
        headers.forEach(fields::put);
        EVERY_ANSWER.answer(method.name(), uri, status, fields, body);
    }

    /** What the contract itself says of a body, whatever the server makes of it. */
    static boolean accepts(String schema, String json) {
        Schema<?> reference = new Schema<>().$ref("#/components/schemas/" + schema);
        return SCHEMAS.validate(json, reference, "request.body").getMessages().isEmpty();
    }

    /** Each answer that an operation declares and no test has seen; those that all operations share count once. */
    static Set<String> missing() {
        Set<String> missing = EVERY_ANSWER.unseen();
        for (String shared : List.of(" 500", " 503")) {
            if (EVERY_ANSWER.seen().stream().anyMatch(seen -> seen.endsWith(shared))) {
                missing.removeIf(answer -> answer.endsWith(shared));
            }
        }
        return missing;
    }

    /** What the contract's examples of problems say, and the server did not say in any test. */
    static Set<String> unsaid() {
        Set<String> promised = new TreeSet<>();
        CONTRACT.getComponents().getExamples().values().stream()
                .map(example -> Json.mapper().valueToTree(example.getValue()).toString())
                .forEach(example -> promised.addAll(sentences(example)));
        promised.removeAll(SAID);
        return promised;
    }

    private static List<String> sentences(String json) {
        JsonNode problem = JsonMapper.shared().readTree(json);
        List<String> sentences = new ArrayList<>(problem.findValuesAsString("message"));
        if (problem.has("code")) {
            sentences.add(problem.path("code").asString() + ": "
                    + SECONDS.matcher(problem.path("detail").asString()).replaceAll("in some seconds"));
        }
        return sentences;
    }
}
