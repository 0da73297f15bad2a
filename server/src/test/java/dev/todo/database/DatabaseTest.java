package dev.todo.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.todo.problem.Problem;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class DatabaseTest extends DatabaseFixture {
    @Test
    void readsBackWhatItWrites() {
        Instant time = Instant.parse("2026-11-21T08:30:00.123456Z");
        Row written = get(database.sql("""
                        insert into tasks (user_id, title, description, created_at)
                        values (:user_id, :title, :description, :created_at)
                        returning title, description, completed, created_at, version, ':title' || '::' as odd
                        """)
                .bind("user_id", "alice")
                .bind("title", "Pay the rent 🎉")
                .bind("description", null, String.class)
                .bind("created_at", time)
                .one(Row::of));
        assertThat(written).isEqualTo(new Row("Pay the rent 🎉", null, false, time, 1));
        assertThat(get(database.sql("update tasks set description = :description where user_id = :user_id")
                        .bind("description", "By bank transfer", String.class)
                        .bind("user_id", "alice")
                        .count()))
                .isEqualTo(1);
        assertThat(get(database.sql("select * from tasks where user_id = any (:users)")
                        .bind("users", new String[] {"alice", "bob"})
                        .list(Row::of)))
                .containsExactly(new Row("Pay the rent 🎉", "By bank transfer", false, time, 1));
    }

    @Test
    void nothingIsNoRowAndNoChange() {
        StepVerifier.create(database.sql("select 1 where false").one(Readable::toString))
                .verifyComplete();
        StepVerifier.create(database.sql("select 1 where false").list(Readable::toString))
                .expectNext(List.of())
                .verifyComplete();
        StepVerifier.create(database.sql("delete from tasks").count())
                .expectNext(0L)
                .verifyComplete();
    }

    @Test
    void runsNothingBeforeItIsSubscribedToAndAgainOnEachSubscription() {
        Mono<Long> insert = insert("alice");
        assertThat(tasks("alice")).isZero();
        get(insert);
        get(insert);
        assertThat(tasks("alice")).isEqualTo(2);
    }

    @Test
    void givesTheValueToWhoAsksForItLater() {
        StepVerifier.create(database.sql("select 7").one(row -> row.get(0, Integer.class)), 0)
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(100))
                .thenRequest(1)
                .expectNext(7)
                .verifyComplete();
    }

    @Test
    void passesTheContextOn() {
        Mono<String> work = Mono.deferContextual(seen -> Mono.just(seen.get("request")));
        StepVerifier.create(database.transaction(work).contextWrite(seen -> seen.put("request", "r1")))
                .expectNext("r1")
                .verifyComplete();
    }

    @Test
    void setsUpItsConnections() {
        assertThat(text("show statement_timeout")).isEqualTo("30s");
        assertThat(text("show application_name")).isEqualTo("todo-api");
        assertThat(database.location()).isEqualTo("embedded PostgreSQL 18 in " + folder);
        complete(database.ping());
    }

    @Test
    void passesOnWhatIsWrongWithAStatement() {
        Mono<Long> twice = database.sql("insert into tasks (user_id, id, title) values ('alice', 1, 'x')")
                .count();
        get(twice);
        StepVerifier.create(twice).verifyError(R2dbcException.class);
        StepVerifier.create(database.sql("insert into tasks (user_id, title) values ('alice', '')")
                        .count())
                .verifyError(R2dbcException.class);
        for (int i = 0; i < 20; i++) {
            StepVerifier.create(database.sql("select generate_series(1, 1000)").list(row -> {
                        throw new IllegalStateException("a bug in a mapper");
                    }))
                    .verifyErrorMessage("a bug in a mapper");
        }
    }

    /** Deadlock, serialization, lock_timeout, a database that takes no changes, no memory, statement_timeout. */
    @ParameterizedTest
    @ValueSource(strings = {"40P01", "40001", "55P03", "25006", "53200", "57014"})
    void whatPassesIsToBeTriedAgain(String state) {
        Mono<Long> refused = database.sql("do $$ begin raise sqlstate '" + state + "'; end $$")
                .count();
        StepVerifier.create(refused).verifyErrorSatisfies(DatabaseFixture::isUnavailable);
        StepVerifier.create(database.transaction(refused)).verifyErrorSatisfies(DatabaseFixture::isUnavailable);
        assertThat(get(insert("alice"))).isEqualTo(1);
    }

    /** Whatever PostgreSQL says before it hangs up. */
    @Test
    void aTransactionThatWasIdleForTooLongIsToBeTriedAgain() {
        Mono<Long> idle = database.sql("set local idle_in_transaction_session_timeout = '10ms'")
                .count()
                .then(database.sql("select pg_backend_pid()").one(row -> String.valueOf(row.get(0))))
                .flatMap(session -> untilEnded(session).then(insert("alice")));
        StepVerifier.create(database.transaction(idle)).verifyErrorSatisfies(DatabaseFixture::isUnavailable);
        assertThat(get(insert("alice"))).isEqualTo(1);
    }

    private static Mono<Void> untilEnded(String session) {
        String sessions = "select count(*) from pg_stat_activity where pid = " + session;
        return Mono.<Void>fromRunnable(() -> await().until(() -> text(sessions), "0"::equals))
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Test
    void healsWhenPostgresEndsItsConnections() {
        for (int round = 0; round < 5; round++) {
            complete(Flux.range(0, 100)
                    .flatMap(i -> database.sql("select pg_sleep(0.01)").count(), 100)
                    .then());
            endOtherConnections();
            Mono<Long> hundred = Flux.range(0, 100)
                    .flatMap(i -> database.sql("select 1").count(), 100)
                    .count();
            // A backend that is about to end may still take a statement, which then fails as it should.
            await().ignoreExceptionsInstanceOf(Problem.class).until(() -> get(hundred) == 100);
        }
    }

    @Test
    void makesDoWithTheFewConnectionsThatPostgresGrants() {
        Scheduler clients = Schedulers.newParallel("client", 8);
        Mono<Long> hundred = Flux.range(0, 100)
                .flatMap(i -> database.sql("select 1").count().subscribeOn(clients), 100)
                .count();
        get(database.sql("alter database todo connection limit 2").count());
        try {
            endOtherConnections();
            await().ignoreExceptionsInstanceOf(Problem.class).until(() -> get(hundred) == 100);
            for (int round = 0; round < 20; round++) {
                assertThat(get(hundred)).isEqualTo(100);
            }
            assertThat(connections.open()).isLessThanOrEqualTo(2);
        } finally {
            get(database.sql("alter database todo connection limit -1").count());
            clients.dispose();
        }
    }

    private static void endOtherConnections() {
        text("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                + " where application_name = 'todo-api' and pid <> pg_backend_pid()");
    }

    @Test
    void tellsOperatorsHowBusyItsConnectionsAre() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        connections.bindTo(meters);
        AllConnections busy = AllConnections.take(connections, connections.most());
        Future<Long> waits = database.sql("select 1").count().toFuture();
        assertThat(gauges(meters))
                .containsExactlyInAnyOrder("acquired 10", "pending 1", "idle 0", "allocated 10", "max.allocated 10");
        busy.close();
        assertThat(waits).succeedsWithin(AT_ONCE);
        assertThat(gauges(meters))
                .containsExactlyInAnyOrder("acquired 0", "pending 0", "idle 10", "allocated 10", "max.allocated 10");
    }

    private static List<String> gauges(MeterRegistry meters) {
        return meters.getMeters().stream()
                .map(meter -> (Gauge) meter)
                .map(gauge -> gauge.getId().getName().replace("r2dbc.pool.", "") + " " + Math.round(gauge.value()))
                .toList();
    }

    @Test
    void saysUnavailableWhenItsConnectionEndsInTheMiddle() {
        StepVerifier.create(database.sql("select pg_terminate_backend(pg_backend_pid())")
                        .count())
                .verifyErrorSatisfies(DatabaseFixture::isUnavailable);
        complete(database.ping());
    }

    @Test
    void saysUnavailableWhenPostgresEndsAStatementThatTakesTooLong() {
        StepVerifier.create(database.transaction(database.sql("set local statement_timeout = '100ms'")
                        .count()
                        .then(database.sql("select pg_sleep(20)").count())))
                .verifyErrorSatisfies(DatabaseFixture::isUnavailable);
    }

    @Test
    void whoWaitsGetsWhicheverConnectionComesBackFirst() {
        List<AllConnections.Held> held = new ArrayList<>(
                AllConnections.take(connections, connections.most()).held());
        for (int i = 0; i < held.size(); i++) {
            Future<Long> waits = database.sql("select 1").count().toFuture();
            assertThat(connections.waitedFor()).isEqualTo(1);
            held.get(i).close();
            assertThat(waits).succeedsWithin(AT_ONCE);
            held.set(i, AllConnections.Held.take(connections));
        }
        held.forEach(AllConnections.Held::close);
    }

    @Test
    void givesUpAConnectionThatHasGoneSilent() {
        Database strict = with(new Database.Limits(100, Duration.ofSeconds(2), Duration.ofMillis(200), AT_ONCE));
        StepVerifier.create(strict.sql("select pg_sleep(20)").count())
                .expectErrorSatisfies(DatabaseFixture::isUnavailable)
                .verify(Duration.ofSeconds(5));
        assertThat(get(database.sql("select 1").count())).isEqualTo(1);
    }

    private record Row(String title, @Nullable String description, boolean completed, Instant createdAt, long version) {
        static Row of(Readable row) {
            return new Row(
                    Objects.requireNonNull(row.get("title", String.class)),
                    row.get("description", String.class),
                    Boolean.TRUE.equals(row.get("completed", Boolean.class)),
                    Objects.requireNonNull(row.get("created_at", Instant.class)),
                    Objects.requireNonNull(row.get("version", Long.class)));
        }
    }
}
