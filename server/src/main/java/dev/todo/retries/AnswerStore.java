package dev.todo.retries;

import dev.todo.database.Database;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The SQL of keys and of the answers that were given under them. */
@Repository
class AnswerStore {
    private final Database database;

    AnswerStore(Database database) {
        this.database = database;
    }

    /** An answer, and the digest of the request that it was given to. */
    record Kept(String digest, Answer answer) {}

    /**
     * False when the key is taken, or being used by a transaction that is under way. That one holds the lock: an insert
     * alone would wait for it, and keep a connection meanwhile.
     */
    Mono<Boolean> claim(KeyedRequest request, Instant now, Instant expiry) {
        return database.sql("""
                        insert into idempotency_keys (user_id, key, digest, expires_at)
                        select :user_id, :key, :digest, :expires_at
                        where pg_try_advisory_xact_lock(hashtextextended(:user_id || ' ' || :key, 0))
                            and not exists (select 1 from idempotency_keys
                                where user_id = :user_id and key = :key and expires_at > :now)
                        on conflict (user_id, key) do update
                        set digest = excluded.digest, expires_at = excluded.expires_at
                        where idempotency_keys.expires_at <= :now
                        """)
                .bind("user_id", request.userId())
                .bind("key", request.key())
                .bind("digest", request.digest())
                .bind("expires_at", expiry)
                .bind("now", now)
                .count()
                .map(claimed -> claimed > 0);
    }

    Mono<Void> keep(KeyedRequest request, Answer answer) {
        return database.sql("""
                        update idempotency_keys
                        set status = :status, content_type = :content_type, location = :location, etag = :etag, body = :body
                        where user_id = :user_id and key = :key
                        """)
                .bind("status", answer.status())
                .bind("content_type", answer.contentType(), String.class)
                .bind("location", answer.location(), String.class)
                .bind("etag", answer.etag(), String.class)
                .bind("body", answer.body(), String.class)
                .bind("user_id", request.userId())
                .bind("key", request.key())
                .count()
                .then();
    }

    Mono<Kept> find(KeyedRequest request, Instant now) {
        return database.sql("""
                        select digest, status, content_type, location, etag, body from idempotency_keys
                        where user_id = :user_id and key = :key and expires_at > :now
                        """)
                .bind("user_id", request.userId())
                .bind("key", request.key())
                .bind("now", now)
                .one(AnswerStore::kept);
    }

    /** Leaves out what others hold, other servers' cleaning included: it comes again. */
    Mono<Long> deleteExpired(Instant now) {
        return database.sql("""
                        delete from idempotency_keys
                        where (user_id, key) in (
                            select user_id, key from idempotency_keys where expires_at <= :now for update skip locked)
                        """).bind("now", now).count();
    }

    private static Kept kept(Readable row) {
        return new Kept(
                Objects.requireNonNull(row.get(0, String.class)),
                new Answer(
                        Objects.requireNonNull(row.get(1, Integer.class)),
                        row.get(2, String.class),
                        row.get(3, String.class),
                        row.get(4, String.class),
                        row.get(5, String.class),
                        true));
    }
}
