package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.todo.client.Tokens.Token;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fixed tokens, and those of suppliers. */
class TokensTest extends FaultTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aFixedTokenGoesWithEachRequestAndIsNotRenewed() {
        server.script(Behaviour.json(task(7)), Behaviour.problem(401, "unauthenticated"));

        todo.tasks().get(7);
        assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOf(UnauthenticatedException.class);

        assertThat(authorizations()).containsExactly("Bearer a-token", "Bearer a-token");
    }

    @Test
    void noTokenGoesWhereThereIsNoneOrNoneIsNeeded() {
        server.always(Behaviour.reply(200, "application/json", "{\"status\": \"healthy\"}"));
        assertThat(todo.server().health()).isEqualTo("healthy");
        assertThat(server.requests().get(0).header("Authorization")).isNull();

        use(client().credentials(Credentials.none()));
        server.always(Behaviour.problem(401, "unauthenticated"));
        assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOf(UnauthenticatedException.class);
        assertThat(server.requests().get(1).header("Authorization")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\nb", "a\r\nX-Admin: yes", "a\u0000", "ü"})
    void tokensThatWouldBreakAHeaderAreRefused(String token) {
        assertThatIllegalArgumentException().isThrownBy(() -> Credentials.token(token));

        use(client().credentials(Credentials.supplier(() -> token)));
        assertThatThrownBy(() -> todo.tasks().get(7))
                .isInstanceOf(CredentialsException.class)
                .hasMessageNotContaining("Admin");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aTokenIsRenewedBeforeItExpires() {
        Token long_ = Token.lasting("a", NOW, Duration.ofHours(1));
        Token short_ = Token.lasting("a", NOW, Duration.ofSeconds(100));

        assertThat(long_.fresh()).isEqualTo(NOW.plusSeconds(3600 - 60));
        assertThat(long_.expires()).isEqualTo(NOW.plusSeconds(3600));
        assertThat(short_.fresh()).isEqualTo(NOW.plusSeconds(90));
        assertThat(long_.toString()).doesNotContain("a,").contains("expires");
    }

    @Test
    void aSupplierIsAskedOnceUntilItsTokenExpires() {
        AtomicInteger asked = new AtomicInteger();
        use(client().credentials(Credentials.supplier(() -> jwt(3600, asked.incrementAndGet()))));
        server.always(Behaviour.json(task(7)));

        todo.tasks().get(7);
        todo.tasks().get(7);

        assertThat(asked).hasValue(1);
        assertThat(authorizations()).doesNotContainNull().hasSize(2);
        assertThat(authorizations().get(0)).isEqualTo(authorizations().get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"opaque", "a.b.c", "e30.e30.e30", "e30.W10.x", "e30.eyJleHAiOiJzb29uIn0.x"})
    void aSupplierWhoseTokensDoNotSayWhenTheyExpireIsAskedEachTime(String token) {
        AtomicInteger asked = new AtomicInteger();
        use(client().credentials(Credentials.supplier(() -> {
            asked.incrementAndGet();
            return token;
        })));
        server.always(Behaviour.json(task(7)));

        todo.tasks().get(7);
        todo.tasks().get(7);

        assertThat(asked).hasValue(2);
    }

    @Test
    void aSupplierIsAskedOnceForAllWhoWait() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        use(client().credentials(Credentials.supplier(() -> {
            asking.countDown();
            TimeoutTest.awaitQuietly(answer);
            return jwt(3600, asked.incrementAndGet());
        })));
        server.always(Behaviour.json(task(7)));
        List<CompletableFuture<Task>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            calls.add(todo.async().tasks().get(7));
        }
        assertThat(asking.await(60, TimeUnit.SECONDS)).isTrue();
        calls.get(0).cancel(true);
        calls.get(50).cancel(true);

        answer.countDown();

        for (CompletableFuture<Task> call : calls) {
            if (call != calls.get(0) && call != calls.get(50)) {
                assertThat(call.orTimeout(60, TimeUnit.SECONDS).join().id()).isEqualTo(7);
            }
        }
        assertThat(asked).hasValue(1);
        assertThat(server.requests()).hasSize(98);
    }

    @Test
    void aSupplierIsAskedAnewWhenItsTokenIsRefused() {
        AtomicInteger asked = new AtomicInteger();
        use(client().credentials(Credentials.asyncSupplier(
                () -> CompletableFuture.completedFuture(jwt(3600, asked.incrementAndGet())))));
        server.script(Behaviour.problem(401, "unauthenticated"), Behaviour.json(task(7)));

        assertThat(todo.tasks().get(7).id()).isEqualTo(7);
        assertThat(asked).hasValue(2);
        assertThat(authorizations()).doesNotHaveDuplicates().hasSize(2);

        server.always(Behaviour.problem(401, "unauthenticated"));
        assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOf(UnauthenticatedException.class);
        assertThat(asked).hasValue(3);
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void whatASupplierThrowsIsTheCause() {
        Deque<Supplier<String>> answers = new ConcurrentLinkedDeque<>(List.of(
                () -> {
                    throw new IllegalStateException("the issuer is down");
                },
                () -> jwt(3600, 1)));
        use(client().credentials(Credentials.supplier(() -> answers.remove().get())));
        server.always(Behaviour.json(task(7)));

        assertThatThrownBy(() -> todo.tasks().get(7))
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("getTask")
                .hasMessageContaining("the issuer is down")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(server.requests()).isEmpty();
        assertThat(todo.tasks().get(7).id()).isEqualTo(7);
    }

    @Test
    void whatAnAsynchronousSupplierThrowsIsTheCause() {
        use(client().credentials(Credentials.asyncSupplier(() -> {
            throw new IllegalStateException("the issuer is down");
        })));

        assertThat(failure(todo.async().tasks().get(7)))
                .isInstanceOf(CredentialsException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    private List<String> authorizations() {
        return server.requests().stream()
                .map(request -> String.valueOf(request.header("Authorization")))
                .toList();
    }

    private static String jwt(long seconds, int number) {
        String claims =
                "{\"exp\": " + Instant.now().plusSeconds(seconds).getEpochSecond() + ", \"jti\": " + number + "}";
        String encoded =
                Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return "e30." + encoded + ".sig";
    }

    @Test
    void aSupplierThatBreaksIsAskedAgain() {
        AtomicInteger asked = new AtomicInteger();
        server.always(Behaviour.json(task(7)));
        use(client().credentials(Credentials.asyncSupplier(() -> {
            if (asked.getAndIncrement() == 0) {
                throw new NoClassDefFoundError("of a first time");
            }
            return CompletableFuture.completedFuture("a-token");
        })));

        assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOf(CredentialsException.class);
        assertThat(todo.tasks().get(7).id()).isEqualTo(7);
    }
}
