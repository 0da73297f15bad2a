package dev.todo.accounts;

import dev.todo.auth.AccessToken;
import dev.todo.database.Database;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The SQL of accounts. Only logging in and registering find one without its user's id: by the address. */
@Component
class AccountStore {
    private static final String COLUMNS = "user_id, email, password_hash, name, time_zone, created_at, updated_at";

    private final Database database;

    AccountStore(Database database) {
        this.database = database;
    }

    /** An account, and whether somebody is signed in to it from the address that asks. */
    record Found(Account account, boolean fromKnownAddress) {}

    /** Empty when the address is taken. */
    Mono<Account> insert(Account account, EmailAddress email) {
        return database.sql("""
                        insert into accounts (user_id, email, email_key, password_hash, name, time_zone, created_at, updated_at)
                        values (:user_id, :email, :email_key, :password_hash, :name, :time_zone, :created_at, :created_at)
                        on conflict (email_key) do nothing
                        returning\s""" + COLUMNS)
                .bind("user_id", account.userId())
                .bind("email", email.text())
                .bind("email_key", email.key())
                .bind("password_hash", account.passwordHash(), String.class)
                .bind("name", account.name(), String.class)
                .bind("time_zone", account.timeZone())
                .bind("created_at", account.createdAt())
                .one(AccountStore::account);
    }

    Mono<Found> findByEmail(EmailAddress email, String address) {
        return database.sql("""
                        select user_id, email, password_hash, name, time_zone, created_at, updated_at,
                            exists (select 1 from sessions
                                where sessions.user_id = accounts.user_id and sessions.address = :address)
                        from accounts
                        where email_key = :email_key
                        """)
                .bind("email_key", email.key())
                .bind("address", address)
                .one(row -> new Found(account(row), Boolean.TRUE.equals(row.get(7, Boolean.class))));
    }

    /** Makes the row of a user of another issuer, where there is none yet. Empty when the token has been revoked. */
    Mono<Account> findOrInsert(AccessToken token, Instant now) {
        String userId = token.caller().userId();
        return find(userId)
                .switchIfEmpty(Mono.defer(() -> insertExternal(token, now)))
                .switchIfEmpty(Mono.defer(() -> find(userId)));
    }

    Mono<Account> find(String userId) {
        return database.sql("select " + COLUMNS + " from accounts where user_id = :user_id")
                .bind("user_id", userId)
                .one(AccountStore::account);
    }

    /**
     * Keeps the account from changing until the transaction ends. Whatever touches sessions or refresh tokens locks it
     * first, so that nothing waits crosswise. Empty where there is none, or its password is no longer the one with this
     * hash; null for any.
     */
    Mono<Account> lock(String userId, @Nullable String passwordHash) {
        return database.sql("select " + COLUMNS + """
                         from accounts
                        where user_id = :user_id and (:hash::text is null or password_hash = :hash)
                        for no key update
                        """)
                .bind("user_id", userId)
                .bind("hash", passwordHash, String.class)
                .one(AccountStore::account);
    }

    /**
     * Waits until nothing else is under way for the account, and lets nothing begin. A weaker lock that becomes this one
     * with the deletion would wait for writes that wait for it.
     */
    Mono<Account> lockToDelete(String userId) {
        return database.sql("select " + COLUMNS + " from accounts where user_id = :user_id for update")
                .bind("user_id", userId)
                .one(AccountStore::account);
    }

    /** Keeps the time zone from changing until the transaction ends. */
    Mono<String> timeZone(String userId) {
        return database.sql("select time_zone from accounts where user_id = :user_id for share")
                .bind("user_id", userId)
                .one(row -> value(row, 0, String.class));
    }

    /** The table is asked, not the memory: who has just left, on whatever server, must not be brought back. */
    private Mono<Account> insertExternal(AccessToken token, Instant now) {
        return database.sql("""
                        insert into accounts (user_id, created_at, updated_at)
                        select :user_id, :now, :now
                        where not exists (select 1 from revocations where id = :token)
                        on conflict (user_id) do nothing
                        returning\s""" + COLUMNS)
                .bind("user_id", token.caller().userId())
                .bind("now", now)
                .bind("token", token.id())
                .one(AccountStore::account);
    }

    Mono<Account> update(Account account) {
        return database.sql("""
                        update accounts set name = :name, time_zone = :time_zone, updated_at = :updated_at
                        where user_id = :user_id
                        returning\s""" + COLUMNS)
                .bind("name", account.name(), String.class)
                .bind("time_zone", account.timeZone())
                .bind("updated_at", account.updatedAt())
                .bind("user_id", account.userId())
                .one(AccountStore::account);
    }

    /** False when the password has been changed in the meantime. */
    Mono<Boolean> replacePassword(Account account, String hash, Instant now) {
        return database.sql("""
                        update accounts set password_hash = :hash, updated_at = :now
                        where user_id = :user_id and password_hash = :known
                        """)
                .bind("hash", hash)
                .bind("now", now)
                .bind("user_id", account.userId())
                .bind("known", account.passwordHash(), String.class)
                .count()
                .map(changed -> changed > 0);
    }

    /** With it goes whatever refers to it. */
    Mono<Void> delete(String userId) {
        return database.sql("delete from accounts where user_id = :user_id")
                .bind("user_id", userId)
                .count()
                .then();
    }

    private static Account account(Readable row) {
        return new Account(
                value(row, 0, String.class),
                row.get(1, String.class),
                row.get(2, String.class),
                row.get(3, String.class),
                value(row, 4, String.class),
                value(row, 5, Instant.class),
                value(row, 6, Instant.class));
    }

    private static <T> T value(Readable row, int column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}
