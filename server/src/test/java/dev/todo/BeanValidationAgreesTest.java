package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.api.model.TaskCreate;
import dev.todo.api.model.TaskPatch;
import dev.todo.api.model.TaskReplace;
import jakarta.validation.Validator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.json.JsonMapper;

/** The annotations on the generated models and the contract say the same about a body. */
class BeanValidationAgreesTest extends ServerTest {
    private static final String EMOJI = "\ud83d\ude00";

    @Autowired
    private Validator validator;

    @Autowired
    private JsonMapper json;

    static Stream<String> bodies() {
        return Stream.of(
                titled("a"),
                titled("a".repeat(200)),
                titled("a".repeat(201)),
                titled(EMOJI.repeat(200)),
                titled(EMOJI.repeat(201)),
                titled("e\u0301".repeat(100)),
                titled("e\u0301".repeat(101)),
                titled(""),
                titled(" "),
                titled("\\t\\n\\u000b\\f\\r"),
                titled("\\u001c"),
                titled("\\u0085"),
                titled("\u200b"),
                titled("\u200c\u2060\u00ad"),
                titled("\\u001f\\u007f"),
                titled("\u00a0\u1680\u2003\u2028\u2029"),
                titled("\u202f\u205f\u3000\ufeff"),
                titled("\u2764\ufe0f"),
                titled("\ud83d\udc69\u200d\ud83d\udcbb"),
                titled("a\\nb"),
                titled("\\u0000"),
                titled("a\\u0000"),
                described("\"\""),
                described("\"a\\nb\""),
                described("\"" + "a".repeat(1000) + "\""),
                described("\"" + "a".repeat(1001) + "\""),
                described("\"" + EMOJI.repeat(1000) + "\""),
                described("\"" + EMOJI.repeat(1001) + "\""),
                described("\"\\u0000\""),
                described("null"),
                "{\"title\":\"a\",\"completed\":true}");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void bothGiveTheSameVerdict(String body) {
        assertSameVerdict(body, TaskCreate.class, HttpMethod.POST, tasks());
        assertSameVerdict(body, TaskReplace.class, HttpMethod.PUT, oneTask());
        assertSameVerdict(body, TaskPatch.class, HttpMethod.PATCH, oneTask());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"title\":null}", "{\"description\":\"a\"}"})
    void bothAskForATitleOnCreateAndOnReplace(String body) {
        assertSameVerdict(body, TaskCreate.class, HttpMethod.POST, tasks());
        assertSameVerdict(body, TaskReplace.class, HttpMethod.PUT, oneTask());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"description\":null}"})
    void bothLetAChangeLeaveTheTitleOut(String body) {
        assertSameVerdict(body, TaskPatch.class, HttpMethod.PATCH, oneTask());
    }

    /** A model tells an absent field from one that is null only where null is allowed. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"title\":null}", "{\"completed\":null}"})
    void theContractAloneKnowsThatAChangeToNullIsNoChangeLeftOut(String body) {
        assertThat(serverAccepts(body, HttpMethod.PATCH, oneTask())).isFalse();
        assertThat(beanAccepts(body, TaskPatch.class)).isTrue();
    }

    private void assertSameVerdict(String body, Class<?> model, HttpMethod method, String path) {
        boolean accepted = ContractCheck.accepts(model.getSimpleName(), body);
        assertThat(beanAccepts(body, model))
                .as("%s as %s", body, model.getSimpleName())
                .isEqualTo(accepted);
        assertThat(serverAccepts(body, method, path))
                .as("%s as %s", body, model.getSimpleName())
                .isEqualTo(accepted);
    }

    private boolean beanAccepts(String body, Class<?> model) {
        return validator.validate(json.readValue(body, model)).isEmpty();
    }

    private boolean serverAccepts(String body, HttpMethod method, String path) {
        int status = http.method(method)
                .uri(path)
                .header("Content-Type", "application/json")
                .bodyValue(body)
                .exchange()
                .expectBody()
                .returnResult()
                .getStatus()
                .value();
        assertThat(status).isIn(200, 201, 422);
        return status != 422;
    }

    private String oneTask() {
        return tasks() + "/" + createTask("As it was").path("id").asString();
    }

    private static String titled(String escaped) {
        return "{\"title\":\"" + escaped + "\"}";
    }

    private static String described(String description) {
        return "{\"title\":\"a\",\"description\":" + description + "}";
    }
}
