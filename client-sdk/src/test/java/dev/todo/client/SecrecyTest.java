package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is secret is neither logged nor written by {@code toString}. */
class SecrecyTest extends FaultTest {
    private static final Logger LOG = Logger.getLogger("dev.todo.client");

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Handler handler = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord line) {
            lines.add(formatter.format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.setLevel(Level.ALL);
        LOG.setUseParentHandlers(false);
        LOG.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        LOG.removeHandler(handler);
        LOG.setUseParentHandlers(true);
        LOG.setLevel(null);
    }

    @Test
    void theLogTellsOfAttemptsWithoutSecrets() {
        use(client().credentials(Credentials.password("whose@example.com", "top-secret"))
                .observer(new CallObserver() {
                    @Override
                    public void ended(Attempt last, Outcome outcome) {
                        throw new IllegalStateException("observer");
                    }
                }));
        server.script(
                Behaviour.json(signedIn("access-token", "refresh-token", 0)),
                Behaviour.json(page(null), "X-Request-Id: req-77"),
                Behaviour.json(signedIn("access-token", "refresh-token", 3600)),
                Behaviour.problem(503, "unavailable", "X-Request-Id: req-78"),
                Behaviour.reset("HTTP/1.1 2"),
                Behaviour.nothing(),
                Behaviour.json(task(7)));

        todo.tasks().list(TaskQuery.pending().words("private words")).toList();
        todo.tags().delete("private-tag");
        todo.with(CallOptions.defaults().idempotencyKey("my-key").header("X-Mine", "my-header"))
                .tasks()
                .create(TaskDraft.titled("private title"));

        assertThat(lines).anyMatch(line -> line.contains("listTasks GET") && line.contains("req-77"));
        assertThat(lines).anyMatch(line -> line.contains("deleteTag DELETE") && line.contains("503"));
        assertThat(lines).anyMatch(line -> line.contains("deleteTag failed, attempt 1; again in"));
        assertThat(lines).anyMatch(line -> line.contains("ConnectionException"));
        assertThat(lines).anyMatch(line -> line.contains("A call observer failed"));
        assertThat(lines)
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain("access-token", "refresh-token", "top-secret", "whose@", "private")
                        .doesNotContain("my-key", "my-header", "Bearer"));
    }

    @Test
    void whatHoldsASecretDoesNotWriteIt() throws Exception {
        server.script(Behaviour.json(signedIn("s3cret-access", "s3cret-refresh", 3600)));
        SignedIn signedIn = todo.account().logIn("a@example.com", "s3cret-password");
        TokenStore store = TokenStore.inMemory("s3cret-refresh");
        TodoClient.Builder builder =
                client().credentials(Credentials.password("a@example.com", "s3cret-password", store));
        use(builder);

        assertThat(signedIn.accessToken()).isEqualTo("s3cret-access");
        assertThat(store.load()).isEqualTo("s3cret-refresh");
        List<Object> holders = List.of(
                signedIn,
                store,
                builder,
                todo,
                todo.async(),
                todo.account(),
                Credentials.token("s3cret-token"),
                Credentials.supplier(() -> "s3cret-token"),
                Credentials.password("a@example.com", "s3cret-password"),
                Credentials.session(store),
                CallOptions.defaults().idempotencyKey("s3cret-key").header("X-Api", "s3cret-header"),
                new Session.Login("a@example.com", "s3cret-password"),
                Tokens.Token.lasting("s3cret-token", java.time.Instant.now(), java.time.Duration.ofHours(1)));
        assertThat(holders).allSatisfy(holder -> assertThat(holder.toString()).doesNotContain("s3cret"));
    }

    @Test
    void failuresDoNotTellWhatWasSent() {
        server.script(Behaviour.problem(401, "wrong-credentials"), Behaviour.reply(200, "text/html", "s3cret page"));

        for (int i = 0; i < 2; i++) {
            Throwable failure = failure(todo.async().account().logIn("a@example.com", "s3cret-password"));
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain("s3cret");
            }
        }
    }
}
