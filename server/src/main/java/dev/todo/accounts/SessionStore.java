package dev.todo.accounts;

import dev.todo.database.Database;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The SQL of sessions and their refresh tokens. A refresh token is found by its hash, which tells whose it is. */
@Component
class SessionStore {
    private static final String COLUMNS = "user_id, id, created_at, last_used_at, expires_at, address, user_agent";

    private final Database database;

    SessionStore(Database database) {
        this.database = database;
    }

    /** A refresh token that has come back, and when it was used first. */
    record Spent(String userId, String sessionId, Instant usedAt) {}

    Mono<Void> insert(Session session) {
        return database.sql("""
                        insert into sessions (user_id, id, created_at, last_used_at, expires_at, address, user_agent)
                        values (:user_id, :id, :created_at, :created_at, :expires_at, :address, :user_agent)
                        """)
                .bind("user_id", session.userId())
                .bind("id", session.id())
                .bind("created_at", session.createdAt())
                .bind("expires_at", session.expiresAt())
                .bind("address", session.address(), String.class)
                .bind("user_agent", session.userAgent(), String.class)
                .count()
                .then();
    }

    Mono<Void> insertToken(String hashed, Session session, Instant now) {
        return database.sql("""
                        insert into refresh_tokens (hash, user_id, session_id, created_at)
                        values (:hash, :user_id, :session_id, :now)
                        """)
                .bind("hash", Secrets.hash(hashed))
                .bind("user_id", session.userId())
                .bind("session_id", session.id())
                .bind("now", now)
                .count()
                .then();
    }

    /** Whose token it is. */
    Mono<String> userOf(String token) {
        return database.sql("select user_id from refresh_tokens where hash = :hash")
                .bind("hash", Secrets.hash(token))
                .one(SessionStore::id);
    }

    /** Marks the token as used, unless it was before. */
    Mono<Spent> spend(String token, Instant now) {
        return database.sql("""
                        update refresh_tokens set used_at = coalesce(used_at, :now)
                        where hash = :hash
                        returning user_id, session_id, used_at
                        """)
                .bind("now", now)
                .bind("hash", Secrets.hash(token))
                .one(row -> new Spent(
                        value(row, 0, String.class), value(row, 1, String.class), value(row, 2, Instant.class)));
    }

    /** Empty when the session has ended. */
    Mono<Session> prolong(Spent token, Device device, Instant now) {
        return database.sql("""
                        update sessions
                        set last_used_at = :now, expires_at = :expires_at, address = :address, user_agent = :user_agent
                        where user_id = :user_id and id = :id and expires_at > :now
                        returning\s""" + COLUMNS)
                .bind("now", now)
                .bind("expires_at", now.plus(Session.LIFETIME))
                .bind("address", device.address())
                .bind("user_agent", device.userAgent(), String.class)
                .bind("user_id", token.userId())
                .bind("id", token.sessionId())
                .one(SessionStore::session);
    }

    Mono<List<Session>> list(String userId, Instant now) {
        return database.sql("select " + COLUMNS + """
                         from sessions
                        where user_id = :user_id and expires_at > :now
                        order by last_used_at desc, id
                        """)
                .bind("user_id", userId)
                .bind("now", now)
                .list(SessionStore::session);
    }

    /** Gives the id back if there was such a session. */
    Mono<String> delete(String userId, String id) {
        return database.sql("delete from sessions where user_id = :user_id and id = :id returning id")
                .bind("user_id", userId)
                .bind("id", id)
                .one(SessionStore::id);
    }

    /** All sessions of the user except for the one to keep; gives back their ids. */
    Mono<List<String>> deleteAllBut(String userId, String kept) {
        return database.sql("delete from sessions where user_id = :user_id and id <> :kept returning id")
                .bind("user_id", userId)
                .bind("kept", kept)
                .list(SessionStore::id);
    }

    /** Those beyond the number that a user may have, the one that has been unused for longest first. */
    Mono<List<String>> deleteBeyond(String userId, int most) {
        return database.sql("""
                        delete from sessions
                        where user_id = :user_id and id in (
                            select id from sessions where user_id = :user_id
                            order by last_used_at desc, id offset :most)
                        returning id
                        """).bind("user_id", userId).bind("most", most).list(SessionStore::id);
    }

    Mono<Long> deleteExpired(Instant now) {
        return database.sql("delete from sessions where expires_at <= :now")
                .bind("now", now)
                .count();
    }

    private static String id(Readable row) {
        return value(row, 0, String.class);
    }

    private static Session session(Readable row) {
        return new Session(
                value(row, 0, String.class),
                value(row, 1, String.class),
                value(row, 2, Instant.class),
                value(row, 3, Instant.class),
                value(row, 4, Instant.class),
                row.get(5, String.class),
                row.get(6, String.class));
    }

    private static <T> T value(Readable row, int column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}
