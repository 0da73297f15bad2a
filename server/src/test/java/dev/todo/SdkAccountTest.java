package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.todo.client.Account;
import dev.todo.client.AccountPatch;
import dev.todo.client.Answer;
import dev.todo.client.CallOptions;
import dev.todo.client.Credentials;
import dev.todo.client.ForbiddenException;
import dev.todo.client.ImportReport;
import dev.todo.client.InvalidContentException;
import dev.todo.client.ProblemCode;
import dev.todo.client.SignedIn;
import dev.todo.client.Task;
import dev.todo.client.TaskDraft;
import dev.todo.client.TaskFormat;
import dev.todo.client.TaskQuery;
import dev.todo.client.TodoClient;
import dev.todo.client.TokenStore;
import dev.todo.client.UnauthenticatedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is around tasks, through our own client: files, accounts, refusals, answers, the server. */
class SdkAccountTest extends SdkTest {
    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    Path folder;

    @Test
    void filesGoOutAndComeBack() throws IOException {
        Task task = todo.tasks().create(TaskDraft.titled("Straße 🏠").tags("home"));
        Path lines = todo.tasks().exportTo(folder.resolve("tasks.jsonl"), TaskFormat.JSON_LINES);
        Path calendar = todo.tasks().exportTo(folder.resolve("tasks.ics"), TaskFormat.ICALENDAR);
        try (InputStream stream = todo.tasks().export(TaskFormat.JSON_LINES)) {
            assertThat(stream).hasSameContentAs(Files.newInputStream(lines));
        }
        assertThat(todo.tasks().importFrom(lines, TaskFormat.JSON_LINES).imported())
                .isEqualTo(1);
        Files.writeString(lines, Files.readString(lines) + "{\"title\": \" \"}\n", StandardCharsets.UTF_8);
        assertThatExceptionOfType(InvalidContentException.class)
                .isThrownBy(() -> todo.tasks().importFrom(lines, TaskFormat.JSON_LINES))
                .satisfies(refused -> assertThat(refused.errors().get(0).line()).isEqualTo(2));
        ImportReport report = todo.tasks().importWhatIsGood(lines, TaskFormat.JSON_LINES);
        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.errors().get(0).pointer()).isEqualTo("/title");
        assertThat(todo.tasks().importFrom(calendar, TaskFormat.ICALENDAR).imported())
                .isEqualTo(1);
        assertThat(todo.tasks().list(TaskQuery.all()).toList())
                .hasSize(4)
                .allSatisfy(each -> assertThat(each.title()).isEqualTo(task.title()));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(lines, calendar);
        }
    }

    @Test
    void anAccountsWholeLife() throws IOException {
        String email = UUID.randomUUID() + "@example.com";
        TokenStore store = TokenStore.inMemory(null);
        try (TodoClient visitor = client(Credentials.none());
                TodoClient alice = client(Credentials.password(email, PASSWORD, store))) {
            SignedIn registered = visitor.account().register(email, PASSWORD, "Alice");
            assertThat(registered.toString()).doesNotContain(registered.accessToken(), registered.refreshToken());
            Account account = alice.account().get();
            assertThat(account).isEqualTo(registered.account());
            assertThat(alice.account()
                            .update(AccountPatch.change()
                                    .timeZone(ZoneId.of("Europe/Berlin"))
                                    .name(null))
                            .timeZone())
                    .isEqualTo("Europe/Berlin");
            assertThat(alice.account().sessions()).hasSize(2).anyMatch(session -> session.current());
            Path export = alice.account().exportTo(folder.resolve("account.json"));
            assertThat(export).content(StandardCharsets.UTF_8).contains(email);
            alice.account()
                    .endSession(alice.account().sessions().stream()
                            .filter(session -> !session.current())
                            .findFirst()
                            .orElseThrow()
                            .id());
            alice.account().logOut();
            assertThat(alice.account().sessions()).hasSize(1);
            SignedIn second = visitor.account().logIn(email, PASSWORD);
            try (TodoClient other = client(Credentials.session(TokenStore.inMemory(second.refreshToken())))) {
                assertThat(other.account().sessions()).hasSize(2);
                other.account().logOutEverywhere();
            }
            alice.account().changePassword(PASSWORD, PASSWORD + "!");
            try (TodoClient later = client(Credentials.password(email, PASSWORD + "!"))) {
                assertThatExceptionOfType(InvalidContentException.class)
                        .isThrownBy(() -> later.account().delete("wrong"));
                later.account().delete(PASSWORD + "!");
            }
        }
    }

    @Test
    void aRefusalCarriesItsProblem() {
        assertThatExceptionOfType(InvalidContentException.class)
                .isThrownBy(() -> todo.tasks().create(TaskDraft.titled(" ")))
                .satisfies(refused -> {
                    assertThat(refused.errors().get(0).pointer()).isEqualTo("/title");
                    assertThat(refused.retryable()).isFalse();
                    assertThat(refused.outcomeUnknown()).isFalse();
                    assertThat(refused)
                            .hasMessageContainingAll("422", "invalid-content", "/title", refused.requestId());
                });
        try (TodoClient nobody = client(Credentials.token("not-a-token"))) {
            assertThatExceptionOfType(UnauthenticatedException.class)
                    .isThrownBy(() -> nobody.tasks().get(1));
        }
        assertThat(ForbiddenException.class).isFinal();
    }

    @Test
    void anAnswerTellsWhatHttpSaysBesides() {
        CallOptions key = CallOptions.defaults().idempotencyKey("rent-of-may").header("X-Request-Id", "mine-1");
        TaskDraft rent = TaskDraft.titled("Rent").description("Überweisung");
        Answer<Task> created = todo.with(key).answer(client -> client.tasks().create(rent));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.etag()).contains(created.value().etag());
        assertThat(created.requestId()).contains("mine-1");
        assertThat(created.rateLimits())
                .hasSize(2)
                .allSatisfy(limit -> assertThat(limit.remaining()).isLessThanOrEqualTo(limit.quota()));
        assertThat(created.replayed()).isFalse();

        Answer<Task> again = todo.with(key).answer(client -> client.tasks().create(rent));
        assertThat(again.value()).isEqualTo(created.value());
        assertThat(again.replayed()).isTrue();
        assertThatExceptionOfType(InvalidContentException.class)
                .isThrownBy(() -> todo.with(key).tasks().create(rent.title("Gas")))
                .satisfies(reused -> assertThat(reused.code()).isEqualTo(ProblemCode.IDEMPOTENCY_KEY_REUSED));
    }

    @Test
    void theServerSpeaksOfItself() {
        assertThat(todo.server().health()).isEqualTo("healthy");
        assertThat(todo.server().live()).isTrue();
        assertThat(todo.server().ready()).isTrue();
        assertThat(todo.server().contract()).startsWith("openapi: 3.0.3");
        assertThat(todo.server().contractJson()).startsWith("{\"openapi\":\"3.0.3\"");
        assertThat(todo.server().signingKeys()).contains("\"keys\"");
    }
}
