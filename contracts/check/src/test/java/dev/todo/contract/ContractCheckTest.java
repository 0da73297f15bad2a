package dev.todo.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How much is passed over, how much is said, and what is remembered. */
class ContractCheckTest {
    private static final String TASK = "/api/me/tasks/42";
    private static final String TASKS = "/api/me/tasks";
    private static final Answer GOOD = Answer.example(200, "task");

    private final ContractCheck check = new ContractCheck();

    @Test
    void whatLaterVersionsMayAddPassesUnlessItMayNot() {
        ContractCheck exact = new ContractCheck(ContractCheck.Also.NOTHING_UNDECLARED);
        Answer grown = GOOD.edited(task -> task.put("colour", "s3cret").put("priority", "s3cret"));
        assertThatCode(() -> grown.given(check, "GET", TASK)).doesNotThrowAnyException();
        assertThatThrownBy(() -> grown.given(exact, "GET", TASK))
                .hasMessageEndingWith(":\n- body has a field that is not declared: colour"
                        + "\n- body /priority is none of none, low, medium, high, urgent");
    }

    @Test
    void allThatIsWrongIsSaidAtOnceButNotForever() {
        assertThatThrownBy(() -> GOOD.without("ETag").with("{\"id\": 1}").given(check, "GET", TASK))
                .hasMessageContaining("\n- header ETag is missing\n- body has no field ");
        assertThatThrownBy(() -> page(task -> task.put("title", 7)).given(check, "GET", TASKS))
                .hasMessageContaining("\n- body /items/0/title is not of type string")
                .hasMessageEndingWith("\n- and 180 more");
    }

    @Test
    void oneWrongTaskInAHugeAnswerIsFound() {
        Answer page = page(task -> task.put("description", "\u2764".repeat(1_000)));
        assertThat(page.body()).hasSizeGreaterThan(600_000);
        assertThatCode(() -> page.given(check, "GET", TASKS)).doesNotThrowAnyException();
        assertThatThrownBy(() -> page.edited(json -> ((ObjectNode) json.at("/items/123")).remove("title"))
                        .given(check, "GET", TASKS))
                .hasMessageEndingWith(":\n- body /items/123 has no field title");
    }

    @Test
    void nothingThatWasAnsweredIsRepeated() {
        Answer signedIn = Answer.example(200, "signedIn")
                .edited(json -> json.put("refresh_token", "s3cret".repeat(99)).put("access_token", false));
        assertThatThrownBy(() -> signedIn.given(check, "POST", "/api/auth/login"))
                .hasMessageContaining("\n- body /refresh_token breaks maxLength ")
                .hasMessageContaining("\n- body /access_token is not of type string")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> GOOD.with("ETag", "s3cret").given(check, "GET", TASK + "?q=s3cret"))
                .hasMessageContaining("\n- header ETag does not match")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> GOOD.with("{\"title\": s3cret}").given(check, "GET", TASK))
                .hasMessageContaining("\n- the body is not JSON")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> GOOD.given(check, "GET", "/api/s3cret/s3cret"))
                .hasMessageStartingWith("GET /api/.../... answered 200")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void anyClientMayHandOverWhatItHas() {
        URI uri = URI.create("http://localhost" + TASK);
        Map<String, List<String>> withStatusLine = new HashMap<>(GOOD.headers());
        withStatusLine.put(null, List.of("HTTP/1.1 200 OK"));
        assertThatCode(() -> check.answer("GET", uri, 200, withStatusLine, GOOD.body()))
                .doesNotThrowAnyException();
        assertThatCode(() -> check.answer("DELETE", uri, 204, GOOD.headers(), null))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> check.answer("GET", uri, 200, GOOD.headers(), null))
                .hasMessageEndingWith("\n- there is no body");
        Map<String, List<String>> token = Map.of("Authorization", List.of("Bearer e30.e30.e30"));
        assertThatCode(() -> check.request("GET", uri, token, null)).doesNotThrowAnyException();
    }

    @Test
    void anAddressWithoutAPathIsRefused() {
        URI opaque = URI.create("mailto:s3cret@example.com");
        assertThatThrownBy(() -> check.answer("GET", opaque, 404, GOOD.headers(), GOOD.body()))
                .isInstanceOf(AssertionError.class)
                .hasMessage("the address of a GET has no path, and so cannot be checked");
        assertThatThrownBy(() -> check.request("GET", opaque, GOOD.headers(), GOOD.body()))
                .isInstanceOf(AssertionError.class)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void whatIsAskedForTwiceIsAskedForOnce() {
        ContractCheck twice = new ContractCheck(ContractCheck.Also.REQUESTS, ContractCheck.Also.REQUESTS);
        assertThat(twice.checksRequests()).isTrue();
    }

    @Test
    void whatWasSeenIsCounted() {
        int declared = check.unseen().size();
        Answer missing = Answer.problem(404, "notFound");
        GOOD.given(check, "GET", TASK);
        GOOD.given(check, "GET", TASK);
        missing.with("").given(check, "HEAD", TASK);
        missing.given(check, "GET", "/nowhere");
        assertThatThrownBy(() -> GOOD.given(check, "GET", TASKS)).isInstanceOf(AssertionError.class);
        assertThat(check.seen()).containsExactly("getTask 200", "getTask 404");
        assertThat(check.unseen())
                .hasSize(declared - 2)
                .contains("createTask 201", "listTasks 200")
                .doesNotContain("getTask 200", "getTask 404");
    }

    private static Answer page(Consumer<ObjectNode> edit) {
        return Answer.example(200, "taskPage").without("ETag").edited(page -> {
            ArrayNode items = page.putArray("items");
            for (int i = 0; i < 200; i++) {
                ObjectNode task = Answer.value("task").deepCopy();
                edit.accept(task);
                items.add(task);
            }
        });
    }
}
