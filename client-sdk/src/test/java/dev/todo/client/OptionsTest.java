package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is different for some calls, and what is said of a client and of values. */
class OptionsTest extends FaultTest {
    private static final CallOptions KEY = CallOptions.defaults().idempotencyKey("rent-of-may");

    @Test
    void optionsAddUpAndAnAnswerIsShownWithThem() {
        server.always(Behaviour.reply(201, "application/json", task(7)));
        TodoClient named = todo.with(CallOptions.defaults().header("X-Request-Id", "mine"));

        Answer<Task> answer = named.answer(client -> client.with(KEY).tasks().create(TaskDraft.titled("Rent")));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(server.requests().get(0).header("Idempotency-Key")).isEqualTo("rent-of-may");
        assertThat(server.requests().get(0).header("X-Request-Id")).isEqualTo("mine");
    }

    @Test
    void whetherTheServerIsThereIsAskedOnceUnlessTheOptionsSayOtherwise() {
        server.always(Behaviour.problem(503, "unavailable"));

        assertThat(todo.server().ready()).isFalse();
        assertThat(server.requests()).hasSize(1);
        assertThat(todo.with(CallOptions.defaults().retries(SWIFT)).server().ready())
                .isFalse();
        assertThat(server.requests()).hasSize(5);
    }

    @Test
    void aServerThatCannotBeTrustedIsNotAskedAgainAndHasDoneNothing() {
        use(client().baseUrl(server.url().replace("http:", "https:")));
        server.always(Behaviour.raw("this is no TLS"));

        assertThatThrownBy(() -> todo.tasks().create(TaskDraft.titled("Rent")))
                .isInstanceOfSatisfying(ConnectionException.class, failed -> {
                    assertThat(failed.retryable()).isFalse();
                    assertThat(failed.outcomeUnknown()).isFalse();
                });
    }

    @Test
    void tagsAddUp() {
        assertThat(TaskQuery.all().tag("a").tag("b").toString()).contains("tag=a&tag=b");
        assertThat(BulkChange.change().addTags("a").addTags("b"))
                .isEqualTo(BulkChange.change().addTags("a", "b"));
    }

    @Test
    void whatIsMissingIsNamedWhereItIsMissing() {
        assertThatNullPointerException()
                .isThrownBy(() -> Credentials.password("a@example.com", System.getenv("NOT_SET_ANYWHERE")))
                .withMessage("password");
        assertThatIllegalArgumentException().isThrownBy(() -> todo.tags().delete(""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client().baseUrl("http://my_host:80"))
                .withMessageContaining("underscore");
        assertThatIllegalArgumentException().isThrownBy(() -> client().baseUrl("http://localhost:99999"));
        assertThatIllegalArgumentException().isThrownBy(() -> Credentials.token("Bearer x"));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void whatIsUnknownMayBeNullAndCannotBeChanged() {
        server.script(Behaviour.json(task(7, "Rent", 1, ", \"assignee\": null, \"labels\": [{\"a\": [1]}]")));

        Map<String, ?> unknown = todo.tasks().get(7).unknown();

        assertThat(unknown).containsEntry("assignee", null).containsKey("labels");
        assertThat(unknown).isUnmodifiable();
        assertThat((List<?>) unknown.get("labels")).isUnmodifiable();
    }
}
