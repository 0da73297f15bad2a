package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.todo.client.FaultServer.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions: begun, refreshed and ended by themselves. */
class SessionTest extends FaultTest {
    private static final String LOGIN = "/api/auth/login";
    private static final String REFRESH = "/api/auth/refresh";
    private static final Behaviour REFUSED = Behaviour.problem(401, "unauthenticated");

    private final TokenStore store = TokenStore.inMemory(null);
    private final AtomicInteger sessions = new AtomicInteger();
    private int expiresIn = 3600;
    private Function<Received, Behaviour> tasks = request -> Behaviour.json(task(7));
    private Function<Received, Behaviour> refresh = request -> session();

    @BeforeEach
    void begin() {
        server.otherwise(request -> switch (request.target()) {
            case LOGIN -> session();
            case REFRESH -> refresh.apply(request);
            default -> tasks.apply(request);
        });
        use(client().credentials(Credentials.password("a@example.com", "secret", store)));
    }

    @Test
    void itIsBegunWhenItIsNeededAndOnceForAll() throws Exception {
        assertThat(server.requests()).isEmpty();

        inHundredThreads(() -> assertThat(todo.tasks().get(7).id()).isEqualTo(7));

        assertThat(to(LOGIN)).hasSize(1);
        assertThat(to(LOGIN).get(0).text()).isEqualTo("{\"email\":\"a@example.com\",\"password\":\"secret\"}");
        assertThat(to(REFRESH)).isEmpty();
        assertThat(server.requests()).hasSize(101);
    }

    @Test
    void itIsRefreshedOnceForAllWhoseTokenWasRefused() throws Exception {
        todo.tasks().get(7);
        // All hundred have sent the old token before the first of them learns that it is no good.
        CountDownLatch all = new CountDownLatch(100);
        tasks = request -> {
            if ("Bearer access-1".equals(request.header("Authorization"))) {
                all.countDown();
                return REFUSED.after(all);
            }
            return Behaviour.json(task(7));
        };

        inHundredThreads(() -> assertThat(todo.tasks().get(7).id()).isEqualTo(7));

        assertThat(to(REFRESH)).hasSize(1);
        assertThat(to(REFRESH).get(0).text()).isEqualTo("{\"refresh_token\":\"refresh-1\"}");
        assertThat(to(LOGIN)).hasSize(1);
        assertThat(store.load()).isEqualTo("refresh-2");
    }

    @Test
    void itIsRefreshedBeforeItsTokenExpires() {
        expiresIn = 0;
        todo.tasks().get(7);
        expiresIn = 3600;
        todo.tasks().get(7);
        todo.tasks().get(7);

        assertThat(targets()).containsExactly(LOGIN, "task", REFRESH, "task", "task");
        assertThat(to("/api/me/tasks/7").stream().map(request -> request.header("Authorization")))
                .containsExactly("Bearer access-1", "Bearer access-2", "Bearer access-2");
    }

    @Test
    void itIsRefreshedInTheMiddleOfAWalk() {
        tasks = request -> {
            if (request.target().contains("cursor=c2") && "Bearer access-1".equals(request.header("Authorization"))) {
                return REFUSED;
            }
            return request.target().contains("cursor=c2")
                    ? Behaviour.json(page("c3", 3, 4))
                    : Behaviour.json(request.target().contains("cursor=c3") ? page(null, 5) : page("c2", 1, 2));
        };

        assertThat(todo.tasks().list(TaskQuery.all()).stream().map(Task::id)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(to(REFRESH)).hasSize(1);
        assertThat(server.requests()).hasSize(1 + 3 + 1 + 1);
    }

    @Test
    void oneRenewalIsEnoughForACall() {
        tasks = request -> REFUSED;

        assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOf(UnauthenticatedException.class);
        assertThat(targets()).containsExactly(LOGIN, "task", REFRESH, "task");
    }

    @Test
    void aWrongPasswordIsNoReasonToRenewIt() {
        tasks = request -> Behaviour.problem(401, "wrong-credentials");

        assertThatThrownBy(() -> todo.account().changePassword("wrong", "new password"))
                .isInstanceOf(UnauthenticatedException.class);
        assertThat(targets()).containsExactly(LOGIN, "/api/auth/me/password");
    }

    @Test
    void itIsBegunAnewWhereItCannotBeRefreshed() throws Exception {
        store.save("spent");
        refresh = request -> REFUSED;

        assertThat(todo.tasks().get(7).id()).isEqualTo(7);
        assertThat(targets()).containsExactly(REFRESH, LOGIN, "task");
        assertThat(store.load()).isEqualTo("refresh-1");
    }

    @Test
    void itEndsWithoutAPassword() throws Exception {
        store.save("spent");
        refresh = request -> REFUSED;
        use(client().credentials(Credentials.session(store)));

        assertThatThrownBy(() -> todo.tasks().get(7))
                .isInstanceOf(CredentialsException.class)
                .hasCauseInstanceOf(UnauthenticatedException.class);
        assertThat(targets()).containsExactly(REFRESH);

        store.save(null);
        assertThatThrownBy(() -> todo.tasks().get(7))
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("no refresh token");
        assertThat(targets()).containsExactly(REFRESH);
    }

    @Test
    void aWrongPasswordOfItsOwnIsTheCause() {
        server.script(Behaviour.problem(401, "wrong-credentials"));

        assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOfSatisfying(CredentialsException.class, failed -> {
            assertThat(failed).hasCauseInstanceOf(UnauthenticatedException.class);
            assertThat(failed.retryable()).isFalse();
            assertThat(failed).hasMessageNotContaining("secret");
        });
        assertThat(targets()).containsExactly(LOGIN);
    }

    @Test
    void aRefusalToRefreshNowIsNoHarmWhileTheTokenIsGood() {
        Tokens tokens = Tokens.from(new java.util.function.Supplier<>() {
            private final AtomicInteger asked = new AtomicInteger();

            @Override
            public CompletableFuture<Tokens.Token> get() {
                java.time.Instant now = java.time.Instant.now();
                return asked.incrementAndGet() == 1
                        ? CompletableFuture.completedFuture(new Tokens.Token("good", now, now.plusSeconds(3600)))
                        : CompletableFuture.failedFuture(new IllegalStateException("503"));
            }
        });

        assertThat(tokens.current().join()).isEqualTo("good");
        assertThat(tokens.current().join()).isEqualTo("good");
        assertThat(tokens.refused("good")).isTrue();
        assertThat(failure(tokens.current())).hasMessage("503");
    }

    @Test
    void aRefreshTokenIsSentAgainAfterALostAnswer() throws Exception {
        store.save("refresh-0");
        server.script(Behaviour.reset("HTTP/1.1 200 OK\r\n"), Behaviour.problem(503, "unavailable"));

        assertThat(todo.tasks().get(7).id()).isEqualTo(7);
        assertThat(targets()).containsExactly(REFRESH, REFRESH, REFRESH, "task");
        assertThat(to(REFRESH)).allMatch(request -> request.text().contains("refresh-0"));
    }

    @Test
    void aLoginThatIsUnavailableMayBeTriedLater() {
        Behaviour unavailable = Behaviour.problem(503, "unavailable");
        server.script(unavailable, unavailable, unavailable, unavailable);

        assertThatThrownBy(() -> todo.tasks().get(7))
                .isInstanceOfSatisfying(
                        CredentialsException.class,
                        failed -> assertThat(failed.retryable()).isTrue());
        assertThat(todo.tasks().get(7).id()).isEqualTo(7);
        assertThat(targets()).containsExactly(LOGIN, LOGIN, LOGIN, LOGIN, LOGIN, "task");
    }

    @Test
    void cancellingOneWhoWaitsDoesNotFailTheOthers() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        server.script(session().after(gate));
        CompletableFuture<Task> first = todo.async().tasks().get(7);
        CompletableFuture<Task> second = todo.async().tasks().get(7);
        server.request(0);

        first.cancel(true);
        gate.countDown();

        assertThat(second.orTimeout(60, TimeUnit.SECONDS).join().id()).isEqualTo(7);
        assertThat(targets()).containsExactly(LOGIN, "task");
    }

    @Test
    void anAccessTokenThatWouldBreakAHeaderIsRefused() {
        server.script(Behaviour.json(signedIn("a\\r\\nX-Admin: yes", "r", 3600)));

        assertThatThrownBy(() -> todo.tasks().get(7))
                .isInstanceOf(CredentialsException.class)
                .hasMessageNotContaining("Admin");
        assertThat(targets()).containsExactly(LOGIN);
    }

    @Test
    void loggingOutForgetsIt() throws Exception {
        todo.tasks().get(7);
        tasks = request -> Behaviour.nothing();
        todo.account().logOut();
        assertThat(store.load()).isNull();

        tasks = request -> Behaviour.json(task(7));
        todo.tasks().get(7);
        assertThat(targets()).containsExactly(LOGIN, "task", "/api/auth/logout", LOGIN, "task");
    }

    private Behaviour session() {
        int number = sessions.incrementAndGet();
        return Behaviour.json(signedIn("access-" + number, "refresh-" + number, expiresIn));
    }

    private List<Received> to(String target) {
        return server.requests().stream()
                .filter(request -> request.target().equals(target))
                .toList();
    }

    private List<String> targets() {
        return server.requests().stream()
                .map(request -> request.target().startsWith("/api/me/tasks") ? "task" : request.target())
                .toList();
    }

    private static void inHundredThreads(Runnable work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(100);
        try {
            CyclicBarrier start = new CyclicBarrier(100);
            List<CompletableFuture<@Nullable Void>> done = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                done.add(CompletableFuture.runAsync(
                        () -> {
                            try {
                                start.await(60, TimeUnit.SECONDS);
                            } catch (Exception e) {
                                throw new AssertionError(e);
                            }
                            work.run();
                        },
                        threads));
            }
            for (CompletableFuture<@Nullable Void> each : done) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
