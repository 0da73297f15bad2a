package dev.todo.auth;

import dev.todo.auth.Revocations.Revoked;
import dev.todo.database.Database;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The table behind {@link Revocations}, the same for all servers. */
@Component
class RevocationStore {
    static final String CHANNEL = "revocations";

    private final Database database;

    RevocationStore(Database database) {
        this.database = database;
    }

    /** An entry, and when the database wrote it. */
    record Noticed(Revoked revoked, Instant at) {}

    Mono<Void> insert(List<String> ids, Instant issuedUntil, Instant expiry) {
        return database.sql("""
                        with revoked as (
                            insert into revocations as known (id, issued_until, expires_at)
                            select unnest(:ids), :issued_until, :expires_at
                            on conflict (id) do update
                            set issued_until = greatest(known.issued_until, excluded.issued_until),
                                expires_at = greatest(known.expires_at, excluded.expires_at),
                                noticed_at = excluded.noticed_at
                            returning id)
                        select pg_notify('revocations', '') from revoked
                        """)
                .bind("ids", ids.toArray(String[]::new))
                .bind("issued_until", issuedUntil)
                .bind("expires_at", expiry)
                .list(row -> "notified")
                .then();
    }

    Mono<List<Noticed>> since(Instant noticed, Instant now) {
        return database.sql("""
                        select id, issued_until, expires_at, noticed_at from revocations
                        where noticed_at > :noticed and expires_at > :now
                        """)
                .bind("noticed", noticed)
                .bind("now", now)
                .quick()
                .list(RevocationStore::noticed);
    }

    Mono<Long> deleteExpired(Instant now) {
        return database.sql("delete from revocations where expires_at <= :now")
                .bind("now", now)
                .count();
    }

    private static Noticed noticed(Readable row) {
        return new Noticed(
                new Revoked(
                        Objects.requireNonNull(row.get(0, String.class)),
                        Objects.requireNonNull(row.get(1, Instant.class)),
                        Objects.requireNonNull(row.get(2, Instant.class))),
                Objects.requireNonNull(row.get(3, Instant.class)));
    }
}
