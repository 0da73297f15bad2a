package dev.todo.accounts;

import dev.todo.accounts.AccountStore.Found;
import dev.todo.accounts.GuessingBrake.Attempt;
import dev.todo.accounts.Passwords.Verdict;
import dev.todo.auth.AccessToken;
import dev.todo.auth.OwnTokens;
import dev.todo.auth.Refusal;
import dev.todo.auth.RevocationFeed;
import dev.todo.auth.TokenRefused;
import dev.todo.database.Database;
import dev.todo.problem.InputError;
import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who has an account here, how they sign in, and how they leave. */
@Component
public class Accounts {
    private static final String UTC = "UTC";

    private final AccountStore store;
    private final Sessions sessions;
    private final Passwords passwords;
    private final GuessingBrake brake;
    private final RevocationFeed revocations;
    private final List<UserData> userData;
    private final Database database;
    private final InstantSource clock;
    private final boolean on;

    Accounts(
            AccountStore store,
            Sessions sessions,
            Passwords passwords,
            GuessingBrake brake,
            RevocationFeed revocations,
            List<UserData> userData,
            Database database,
            InstantSource clock,
            AccountSettings settings,
            OwnTokens tokens) {
        this.store = store;
        this.sessions = sessions;
        this.passwords = passwords;
        this.brake = brake;
        this.revocations = revocations;
        this.userData = userData;
        this.database = database;
        this.clock = clock;
        this.on = settings.enabled() && tokens.canBeIssued();
    }

    public Mono<SignedIn> register(EmailAddress email, String password, @Nullable String name, Device device) {
        ensureOn();
        return hashed(password, email, "/password")
                .map(hash -> account(email, hash, name))
                .flatMap(account -> database.transaction(store.insert(account, email)
                        .switchIfEmpty(Mono.error(Accounts::emailTaken))
                        .flatMap(kept -> sessions.begin(kept, device))));
    }

    private Account account(EmailAddress email, String hash, @Nullable String name) {
        Instant now = clock.instant();
        return new Account(Secrets.id(), email.text(), hash, name, UTC, now, now);
    }

    public Mono<SignedIn> logIn(EmailAddress email, String password, Device device) {
        ensureOn();
        Beat beat = new Beat();
        return store.findByEmail(email, device.address())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(found -> logIn(found, email, password, device, beat));
    }

    private Mono<SignedIn> logIn(Optional<Found> found, EmailAddress email, String password, Device device, Beat beat) {
        boolean known = found.map(Found::fromKnownAddress).orElse(false);
        Attempt attempt = new Attempt(email.key(), device.network(), known ? device.address() : null);
        Account account = found.map(Found::account).orElse(null);
        return beat.holdBack(verified(password, account == null ? null : account.passwordHash(), attempt)
                .switchIfEmpty(Mono.error(Accounts::wrongCredentials))
                .flatMap(right -> upgraded(Objects.requireNonNull(account), password, right))
                .flatMap(upgraded -> database.transaction(begin(upgraded, device))));
    }

    /** Only with the password that was checked: it may have been changed since, or the account deleted. */
    private Mono<SignedIn> begin(Account account, Device device) {
        return store.lock(account.userId(), account.passwordHash())
                .switchIfEmpty(Mono.error(Accounts::wrongCredentials))
                .flatMap(locked -> sessions.begin(locked, device));
    }

    private Mono<Account> upgraded(Account account, String password, Verdict verdict) {
        return verdict.outdated()
                ? passwords
                        .hash(password)
                        .flatMap(hash -> store.replacePassword(account, hash, account.updatedAt())
                                .flatMap(replaced ->
                                        replaced ? Mono.just(account.hashed(hash)) : changed(account, password)))
                : Mono.just(account);
    }

    /** Somebody was faster: another login, which leaves the password as it is, or a change, which does not. */
    private Mono<Account> changed(Account account, String password) {
        return store.find(account.userId())
                .filterWhen(
                        now -> passwords.verify(password, now.passwordHash()).map(Verdict::matches))
                .switchIfEmpty(Mono.error(Accounts::wrongCredentials));
    }

    public Mono<SignedIn> refresh(String refreshToken, Device device) {
        ensureOn();
        return sessions.refresh(refreshToken, device);
    }

    /** The caller's account. A user of another issuer gets one with the first look at it; one that is gone stays so. */
    public Mono<Account> get(AccessToken token) {
        Mono<Account> found = token.session() == null
                ? store.findOrInsert(token, clock.instant())
                : store.find(token.caller().userId());
        return found.switchIfEmpty(Mono.error(Accounts::gone));
    }

    /** Ends with a refusal when the account is gone, whether or not its user has come back to another. */
    public Mono<Void> ensureKept(Account account) {
        return store.find(account.userId())
                .filter(now -> now.createdAt().equals(account.createdAt()))
                .switchIfEmpty(Mono.error(Accounts::gone))
                .then();
    }

    public Mono<Account> update(AccessToken token, UnaryOperator<Account> change) {
        return database.transaction(
                get(token).flatMap(this::lock).flatMap(account -> write(account, change.apply(account))));
    }

    /** The account as it is now and stays until the transaction ends; it may have gone since it was found. */
    private Mono<Account> lock(Account found) {
        return store.lock(found.userId(), null).switchIfEmpty(Mono.error(Accounts::gone));
    }

    private Mono<Account> write(Account before, Account after) {
        if (after.equals(before)) {
            return Mono.just(before);
        }
        Mono<Account> written = store.update(after.at(clock.instant()));
        return after.timeZone().equals(before.timeZone())
                ? written
                : written.flatMap(account -> Flux.fromIterable(userData)
                        .concatMap(data -> data.moveTo(account.userId(), ZoneId.of(account.timeZone())))
                        .then(Mono.just(account)));
    }

    public Mono<Void> changePassword(AccessToken token, String current, String next, Device device) {
        return get(token)
                .flatMap(account -> ensurePassword(account, current, "/current_password", device))
                .flatMap(account -> hashed(next, emailOf(account), "/new_password")
                        .flatMap(hash -> database.transaction(replacePassword(account, hash, token))));
    }

    private Mono<Void> replacePassword(Account account, String hash, AccessToken token) {
        return store.replacePassword(account, hash, clock.instant())
                .filter(Boolean::booleanValue)
                .switchIfEmpty(get(token).then(Mono.error(() -> notThePassword("/current_password"))))
                .then(sessions.endAllBut(account.userId(), Objects.requireNonNullElse(token.session(), "")));
    }

    /** Everything at once or nothing. What a request under way would still write, the database refuses from then on. */
    public Mono<Void> delete(AccessToken token, @Nullable String password, Device device) {
        String userId = token.caller().userId();
        return get(token)
                .flatMap(account -> password == null && !account.hasPassword()
                        ? Mono.just(account)
                        : ensurePassword(account, Objects.requireNonNullElse(password, ""), "/password", device))
                .flatMap(account -> database.transaction(store.lockToDelete(userId)
                        .switchIfEmpty(Mono.error(Accounts::gone))
                        .filter(locked -> Objects.equals(locked.passwordHash(), account.passwordHash()))
                        .switchIfEmpty(Mono.error(() -> notThePassword("/password")))
                        .then(sessions.endAllBut(userId, ""))
                        .then(revocations.revoke(token))
                        .then(store.delete(userId))));
    }

    /**
     * Does work that writes what belongs to the caller's account. A user of another issuer gets one with the first such
     * work; one that is gone stays so.
     */
    public <T> Mono<T> writing(AccessToken token, Mono<T> work) {
        return work.onErrorResume(
                Database::isWithoutOwner, missing -> get(token).then(writing(token, work)));
    }

    private Mono<Account> ensurePassword(Account account, String password, String pointer, Device device) {
        if (!account.hasPassword()) {
            return Mono.error(invalid(pointer, "is not taken: this account has no password"));
        }
        if (password.isEmpty()) {
            return Mono.error(invalid(pointer, "is missing"));
        }
        Attempt attempt = new Attempt(emailOf(account).key(), device.network(), device.address());
        return verified(password, account.passwordHash(), attempt)
                .switchIfEmpty(Mono.error(() -> notThePassword(pointer)))
                .thenReturn(account);
    }

    /** Empty when the password is wrong. */
    private Mono<Verdict> verified(String password, @Nullable String hash, Attempt attempt) {
        brake.ensureOpen(attempt);
        return passwords
                .verify(password, hash)
                .doOnNext(verdict -> brake.judge(attempt, verdict.matches()))
                .filter(Verdict::matches);
    }

    /** Once it is good. */
    private Mono<String> hashed(String password, EmailAddress email, String pointer) {
        if (Passwords.gist(password).equals(email.key())) {
            throw invalid(pointer, "must not be the address");
        }
        return passwords.isCommon(password).flatMap(common -> {
            if (common) {
                throw invalid(pointer, "is one of the commonest passwords: choose another");
            }
            return passwords.hash(password);
        });
    }

    private void ensureOn() {
        if (!on) {
            throw Problem.of(
                    ProblemType.ACCOUNTS_OFF,
                    "This server keeps no accounts of its own. Sign in where its users sign in.");
        }
    }

    private static EmailAddress emailOf(Account account) {
        return new EmailAddress(Objects.requireNonNullElse(account.email(), ""));
    }

    private static Problem notThePassword(String pointer) {
        return invalid(pointer, "is not the password of this account");
    }

    private static Problem invalid(String pointer, String message) {
        return Problem.invalid(
                ProblemType.INVALID_CONTENT,
                "The body breaks the contract. See errors.",
                List.of(InputError.at(pointer, message)));
    }

    private static Problem emailTaken() {
        return Problem.of(
                ProblemType.EMAIL_TAKEN, "There is an account with this address. Log in, or use another address.");
    }

    private static TokenRefused gone() {
        return new TokenRefused(Refusal.REVOKED);
    }

    private static Problem wrongCredentials() {
        return Problem.of(
                        ProblemType.WRONG_CREDENTIALS,
                        "The address or the password is wrong. Check both and try again.")
                .with("WWW-Authenticate", "Bearer");
    }
}
