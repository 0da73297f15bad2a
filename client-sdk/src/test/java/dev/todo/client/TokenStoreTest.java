package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.todo.client.FaultServer.Received;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where refresh tokens are kept, and what becomes of it when that fails or is shared. */
class TokenStoreTest extends FaultTest {
    /** A store that tells when it is used, and can fail. */
    private final class Watched implements TokenStore {
        final List<String> events = Collections.synchronizedList(new ArrayList<>());
        volatile @Nullable String token;
        volatile boolean loads = true;
        volatile boolean saves = true;

        @Override
        public @Nullable String load() throws IOException {
            if (!loads) {
                throw new IOException("the disk is broken");
            }
            return token;
        }

        @Override
        public void save(@Nullable String refreshToken) throws IOException {
            if (!saves) {
                throw new IOException("the disk is full");
            }
            events.add(refreshToken + " after " + server.requests().size());
            token = refreshToken;
        }
    }

    private final Watched store = new Watched();

    private void session() {
        use(client().credentials(Credentials.session(store)));
    }

    @Test
    void aRefreshTokenThatCouldNotBeSavedIsNotLost() {
        store.token = "r0";
        store.saves = false;
        session();
        server.script(Behaviour.json(signedIn("a1", "r1", 3600)))
                .script(Behaviour.json(signedIn("a2", "r2", 3600)), Behaviour.json(task(7)));

        assertThatThrownBy(() -> todo.tasks().get(7)).isInstanceOf(CredentialsException.class);
        store.saves = true;
        todo.tasks().get(7);

        assertThat(refreshes()).containsExactly("{\"refresh_token\":\"r0\"}", "{\"refresh_token\":\"r1\"}");
        assertThat(store.token).isEqualTo("r2");
    }

    @Test
    void aStoreThatIsDamagedCostsALogin() {
        store.token = "r0 and something";
        use(client().credentials(Credentials.password("a@example.com", "secret", store)));
        server.script(Behaviour.problem(422, "invalid-content"))
                .script(Behaviour.json(signedIn("a1", "r1", 3600)), Behaviour.json(task(7)));

        assertThat(todo.tasks().get(7).id()).isEqualTo(7);
        assertThat(store.token).isEqualTo("r1");
    }

    @Test
    void aLineBreakBehindTheTokenIsNoPartOfIt() {
        store.token = "r0\n";
        session();
        server.script(Behaviour.json(signedIn("a1", "r1", 3600)), Behaviour.json(task(7)));

        todo.tasks().get(7);

        assertThat(refreshes()).containsExactly("{\"refresh_token\":\"r0\"}");
    }

    @Test
    void aRefreshThatIsUnderWayIsKeptBeforeTheClientIsClosed() throws InterruptedException {
        store.token = "r0";
        session();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        server.otherwise(request -> {
            asked.countDown();
            try {
                closing.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Behaviour.json(signedIn("a1", "r1", 3600));
        });
        CompletableFuture<Task> call = todo.async().tasks().get(7);
        asked.await();

        Thread closer = new Thread(todo::close);
        closer.start();
        closing.countDown();
        closer.join();

        assertThat(store.token).isEqualTo("r1");
        assertThat(failure(call)).isInstanceOf(TodoException.class);
    }

    @Test
    void aRefreshTokenIsKeptBeforeItsAccessTokenIsUsed() {
        store.token = "r0";
        session();
        server.script(Behaviour.json(signedIn("a1", "r1", 0)), Behaviour.json(task(7)))
                .script(Behaviour.json(signedIn("a2", "r2", 3600)), Behaviour.json(task(7)));

        todo.tasks().get(7);
        todo.tasks().get(7);

        assertThat(store.events).containsExactly("r1 after 1", "r2 after 3");
        assertThat(refreshes()).containsExactly("{\"refresh_token\":\"r0\"}", "{\"refresh_token\":\"r1\"}");
    }

    @Test
    void nothingIsSentWhenItCannotBeLoaded() {
        store.loads = false;
        session();

        assertThatThrownBy(() -> todo.tasks().get(7))
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("the disk is broken")
                .hasRootCauseInstanceOf(IOException.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void anAccessTokenIsNotUsedWhenItsRefreshTokenCannotBeKept() {
        store.token = "r0";
        store.saves = false;
        session();
        server.always(Behaviour.json(signedIn("a1", "r1", 3600)));

        assertThatThrownBy(() -> todo.tasks().get(7))
                .isInstanceOf(CredentialsException.class)
                .hasMessageContaining("the disk is full")
                .hasRootCauseInstanceOf(IOException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aTokenThatAnotherProcessHasKeptIsTaken() {
        store.token = "r0";
        session();
        server.script(Behaviour.json(signedIn("a1", "r1", 0)), Behaviour.json(task(7)));
        todo.tasks().get(7);

        store.token = "theirs";
        server.script(Behaviour.json(signedIn("a2", "r2", 3600)), Behaviour.json(task(7)));
        todo.tasks().get(7);

        assertThat(refreshes()).containsExactly("{\"refresh_token\":\"r0\"}", "{\"refresh_token\":\"theirs\"}");
    }

    @Test
    void aTokenThatAnotherProcessHasJustExchangedIsLookedFor() {
        store.token = "r0";
        session();
        server.otherwise(request -> {
            if (request.text().contains("r0")) {
                store.token = "theirs";
                return Behaviour.problem(401, "unauthenticated");
            }
            return request.text().contains("theirs")
                    ? Behaviour.json(signedIn("a1", "r1", 3600))
                    : Behaviour.json(task(7));
        });

        assertThat(todo.tasks().get(7).id()).isEqualTo(7);
        assertThat(refreshes()).containsExactly("{\"refresh_token\":\"r0\"}", "{\"refresh_token\":\"theirs\"}");
        assertThat(store.token).isEqualTo("r1");
    }

    @Test
    void aStoreInMemoryKeepsWhatItIsGiven() throws Exception {
        TokenStore memory = TokenStore.inMemory("first");
        assertThat(memory.load()).isEqualTo("first");
        memory.save(null);
        assertThat(memory.load()).isNull();
    }

    private List<String> refreshes() {
        return server.requests().stream()
                .filter(request -> request.target().equals("/api/auth/refresh"))
                .map(Received::text)
                .toList();
    }
}
