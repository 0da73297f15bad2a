package dev.todo.client;

import dev.todo.client.generated.AccountsOperations;
import dev.todo.client.generated.model.AccountDeletionJson;
import dev.todo.client.generated.model.LogInJson;
import dev.todo.client.generated.model.PasswordChangeJson;
import dev.todo.client.generated.model.RegistrationJson;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The account of the user, and its sessions, as {@link Accounts}, without waiting.
 *
 * <pre>{@code
 * todo.async().account().get().thenAccept(account -> System.out.println(account.timeZone()));
 * }</pre>
 */
public final class AsyncAccounts {
    private final Engine engine;
    private final CallOptions options;

    AsyncAccounts(Engine engine, CallOptions options) {
        this.engine = engine;
        this.options = options;
    }

    /** Makes an account, and begins a session. The client goes on as it is: give the tokens to another one. */
    public CompletableFuture<SignedIn> register(String email, String password, @Nullable String name) {
        return engine.send(AccountsOperations.register(new RegistrationJson(email, password, name)), options)
                .thenApply(answer -> new SignedIn(answer.value()));
    }

    /** Begins a session, for a client of its own; {@link Credentials#password} does it by itself. */
    public CompletableFuture<SignedIn> logIn(String email, String password) {
        return engine.send(AccountsOperations.logIn(new LogInJson(email, password)), options)
                .thenApply(answer -> new SignedIn(answer.value()));
    }

    /** The account. */
    public CompletableFuture<Account> get() {
        return engine.send(AccountsOperations.getAccount(), options).thenApply(answer -> new Account(answer.value()));
    }

    /** Changes a part of the account. */
    public CompletableFuture<Account> update(AccountPatch patch) {
        return engine.send(AccountsOperations.updateAccount(patch.json), options)
                .thenApply(answer -> new Account(answer.value()));
    }

    /** Changes the password. */
    public CompletableFuture<@Nullable Void> changePassword(String current, String next) {
        return engine.send(AccountsOperations.changePassword(new PasswordChangeJson(current, next)), options)
                .thenApply(answer -> null);
    }

    /** All sessions of the user. */
    public CompletableFuture<List<UserSession>> sessions() {
        return engine.send(AccountsOperations.listSessions(), options)
                .thenApply(answer ->
                        answer.value().items().stream().map(UserSession::new).toList());
    }

    /** Ends a session. */
    public CompletableFuture<@Nullable Void> endSession(String id) {
        return engine.send(AccountsOperations.endSession(id), options).thenApply(answer -> null);
    }

    /** Ends the session of this client. With a password, the next call begins another. */
    public CompletableFuture<@Nullable Void> logOut() {
        return ended(engine.send(AccountsOperations.logOut(), options));
    }

    /** Ends all sessions of the user, that of this client included. */
    public CompletableFuture<@Nullable Void> logOutEverywhere() {
        return ended(engine.send(AccountsOperations.logOutEverywhere(), options));
    }

    /** Writes all that the server knows of the user to a file, as JSON. */
    public CompletableFuture<Path> exportTo(Path file) {
        return Transfers.download(engine, AccountsOperations.exportAccount(), options, file, "application/json");
    }

    /** Deletes the account and everything in it, for good. It takes the password where the account has one. */
    public CompletableFuture<@Nullable Void> delete(@Nullable String password) {
        return ended(engine.send(AccountsOperations.deleteAccount(new AccountDeletionJson(password)), options));
    }

    private CompletableFuture<@Nullable Void> ended(Call<Answer<Void>> call) {
        return Call.chain(call, answer -> engine.tokens.forget());
    }
}
