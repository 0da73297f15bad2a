package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sent: as it was meant, or not at all. */
class RequestTest extends FaultTest {
    private static final String HALF_A_PAIR = "rent \uD83D";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a/b | a%2Fb",
                "a;b=c | a%3Bb%3Dc",
                "100% | 100%25",
                "%2F | %252F",
                "why? | why%3F",
                "a b+c | a%20b%2Bc",
                "#1&2 | %231%262",
                "ünï | %C3%BCn%C3%AF",
                "🏠 | %F0%9F%8F%A0",
                "a-b._~ | a-b._~",
                ". | %2E",
                ".. | %2E%2E",
                "{tag} | %7Btag%7D",
                "a:b@c,d | a%3Ab%40c%2Cd"
            })
    void tagsAreEncodedInPathsAndQueries(String tag, String encoded) {
        server.script(Behaviour.nothing(), Behaviour.json(page(null)));

        todo.tags().delete(tag);
        todo.tasks().list(TaskQuery.all().tag(tag, "x")).toList();

        assertThat(server.lines().get(0)).isEqualTo("DELETE /api/me/tags/" + encoded);
        assertThat(server.lines().get(1)).contains("tag=" + encoded).contains("tag=x");
    }

    @Test
    void textsAreSentAsTheyAre() {
        server.always(Behaviour.reply(201, "application/json", task(7)));

        todo.tasks().create(TaskDraft.titled("\"½ 🏠\"\u0000\n\u2028</script>"));

        assertThat(server.requests().get(0).text())
                .startsWith("{\"title\":\"\\\"½ 🏠\\\"\\u0000\\n")
                .endsWith("</script>\"}");
        assertThat(server.requests().get(0).header("Content-Type")).isEqualTo("application/json");
    }

    static Stream<Consumer<TodoClient>> halves() {
        return Stream.of(
                client -> client.tasks().create(TaskDraft.titled(HALF_A_PAIR)),
                client -> client.tasks().create(TaskDraft.titled("\uDE00 rent")),
                client -> client.tasks().create(TaskDraft.titled("rent \uD83D rent")),
                client -> client.tasks().update(7, TaskPatch.change().tags("a", HALF_A_PAIR)),
                client -> client.tags().delete(HALF_A_PAIR),
                client -> client.tags().rename("a", HALF_A_PAIR),
                client ->
                        client.tasks().list(TaskQuery.all().words(HALF_A_PAIR)).toList());
    }

    @ParameterizedTest
    @MethodSource("halves")
    void halfASurrogatePairIsRefused(Consumer<TodoClient> call) {
        assertThatIllegalArgumentException().isThrownBy(() -> call.accept(todo));
        assertThat(server.requests()).isEmpty();
    }

    static Stream<Arguments> badHeaders() {
        return Stream.of(
                Arguments.of("X-A", "b\r\nX-C: d"),
                Arguments.of("X-A", "b\nX-C: d"),
                Arguments.of("X-A", "b\u0000"),
                Arguments.of("X-A\r\nX-C", "d"),
                Arguments.of("X A", "b"),
                Arguments.of("X-A:", "b"),
                Arguments.of("", "b"),
                Arguments.of("Host", "elsewhere.example"),
                Arguments.of("Content-Length", "5"),
                Arguments.of("Authorization", "Bearer other"),
                Arguments.of("if-match", "\"1\""),
                Arguments.of("IDEMPOTENCY-KEY", "key"));
    }

    @ParameterizedTest
    @MethodSource("badHeaders")
    void headersThatWouldBreakARequestAreRefused(String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.defaults().header(name, value));
    }

    @Test
    void headersGoAlong() {
        server.always(Behaviour.json(task(7)));

        todo.with(CallOptions.defaults().header("X-A", "1").header("X-B", "2"))
                .tasks()
                .get(7);
        todo.tasks().get(7);

        assertThat(server.requests().get(0).headers()).containsEntry("x-a", "1").containsEntry("x-b", "2");
        assertThat(server.requests().get(1).headers()).doesNotContainKeys("x-a", "x-b");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://a.example",
        "a.example",
        "http://",
        "https://u:p@a.example",
        "https://a.example?b=c",
        "https://a#b"
    })
    void baseUrlsThatLeadNowhereAreRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TodoClient.builder().baseUrl(url));
    }

    @Test
    void aBaseUrlMayHaveAPath() {
        server.always(Behaviour.json(task(7)));
        use(client().baseUrl(server.url() + "/todo/"));

        todo.tasks().get(7);

        assertThat(server.lines()).containsExactly("GET /todo/api/me/tasks/7");
    }
}
