package dev.todo.client;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account of the user, and its sessions.
 *
 * <pre>{@code
 * TodoClient visitor = TodoClient.builder().baseUrl("https://todo.example").build();
 * SignedIn alice = visitor.account().register("alice@example.com", "correct horse battery staple", "Alice");
 * TodoClient todo2 = TodoClient.builder()
 *         .baseUrl("https://todo.example")
 *         .credentials(Credentials.session(TokenStore.inMemory(alice.refreshToken())))
 *         .build();
 * }</pre>
 */
public final class Accounts {
    private final AsyncAccounts async;

    Accounts(AsyncAccounts async) {
        this.async = async;
    }

    /** Makes an account, and begins a session. The client goes on as it is: give the tokens to another one. */
    public SignedIn register(String email, String password, @Nullable String name) {
        return Waiting.await(() -> async.register(email, password, name));
    }

    /** Begins a session, for a client of its own; {@link Credentials#password} does it by itself. */
    public SignedIn logIn(String email, String password) {
        return Waiting.await(() -> async.logIn(email, password));
    }

    /** The account. */
    public Account get() {
        return Waiting.await(() -> async.get());
    }

    /** Changes a part of the account. */
    public Account update(AccountPatch patch) {
        return Waiting.await(() -> async.update(patch));
    }

    /** Changes the password. */
    public void changePassword(String current, String next) {
        Waiting.await(() -> async.changePassword(current, next));
    }

    /** All sessions of the user. */
    public List<UserSession> sessions() {
        return Waiting.await(() -> async.sessions());
    }

    /** Ends a session. */
    public void endSession(String id) {
        Waiting.await(() -> async.endSession(id));
    }

    /** Ends the session of this client. With a password, the next call begins another. */
    public void logOut() {
        Waiting.await(() -> async.logOut());
    }

    /** Ends all sessions of the user, that of this client included. */
    public void logOutEverywhere() {
        Waiting.await(() -> async.logOutEverywhere());
    }

    /** Writes all that the server knows of the user to a file, as JSON. */
    public Path exportTo(Path file) {
        return Waiting.await(() -> async.exportTo(file));
    }

    /** Deletes the account and everything in it, for good. It takes the password where the account has one. */
    public void delete(@Nullable String password) {
        Waiting.await(() -> async.delete(password));
    }
}
