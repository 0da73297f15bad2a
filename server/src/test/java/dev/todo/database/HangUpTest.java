package dev.todo.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Clients that hang up, and clients that are too many. */
class HangUpTest extends DatabaseFixture {
    private static final int CLIENTS = 1_000;

    @Test
    void aThousandAtOnceAreFine() {
        Flux<String> all = Flux.range(0, CLIENTS)
                .flatMap(i -> database.sql("select pg_sleep(0.001)").one(row -> "done"), CLIENTS);
        assertThat(get(all.count())).isEqualTo(CLIENTS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void clientsThatHangUpCostNothing(int storm) throws InterruptedException {
        Random random = new Random(storm);
        CountDownLatch over = new CountDownLatch(CLIENTS);
        for (int client = 0; client < CLIENTS; client++) {
            Mono<?> work = client % 2 == 0
                    ? insert("alice")
                    : database.sql("select *, pg_sleep(:s) from tasks, generate_series(1, 200) limit 200")
                            .bind("s", random.nextInt(3) / 1000.0)
                            .list(row -> row.get("title", String.class));
            hangUp(work.doFinally(end -> over.countDown()), random);
        }
        assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
        StepVerifier.create(database.sql("select 1").count())
                .expectNext(1L)
                .expectComplete()
                .verify(AT_ONCE);
    }

    /** Without the shield the pool hands out the abandoned connection next, and the next client waits behind it. */
    @Test
    void nobodyWaitsBehindAStatementThatHasBeenLeft() {
        Disposable client = database.sql("select pg_sleep(3)").count().subscribe();
        await().until(
                        () -> text("select count(*) from pg_stat_activity where query = 'select pg_sleep(3)'"),
                        "1"::equals);
        client.dispose();
        StepVerifier.create(database.sql("select 1").count())
                .expectNext(1L)
                .expectComplete()
                .verify(AT_ONCE);
    }

    /** In one of the three usual ways, at any moment from the first step to the last. */
    private static void hangUp(Mono<?> work, Random random) {
        Duration moment = Duration.ofNanos(random.nextInt(150_000_000));
        switch (random.nextInt(3)) {
            case 0 -> work.take(moment).subscribe();
            case 1 -> work.timeout(moment).onErrorComplete().subscribe();
            default -> {
                Disposable subscription = work.subscribe();
                Schedulers.parallel().schedule(subscription::dispose, moment.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    @Test
    void aWriteThatHasBegunIsFinished() {
        Disposable client = database.sql(
                        "with slow as materialized (select pg_sleep(0.5)) insert into tasks (user_id, title) select 'alice', 'x' from slow")
                .count()
                .subscribe();
        await().until(() -> text("select count(*) from pg_stat_activity where query like 'with slow%'"), "1"::equals);
        client.dispose();
        await().until(() -> tasks("alice"), count -> count == 1);
    }

    @Test
    void aWriteThatNobodyWaitsForIsNotBegun() {
        whileAllConnectionsAreBusy(free -> {
            Disposable client = insert("alice").subscribe();
            await().until(() -> connections.waitedFor() == 1);
            client.dispose();
            free.run();
        });
        assertThat(tasks("alice")).isZero();
    }

    @Test
    void waitsOnlySoLongForAConnection() {
        Database impatient = with(new Database.Limits(100, Duration.ofMillis(200), AT_ONCE, AT_ONCE));
        whileAllConnectionsAreBusy(free -> {
            StepVerifier.create(impatient
                            .sql("insert into tasks (user_id, title) values ('alice', 'x')")
                            .count())
                    .verifyErrorSatisfies(DatabaseFixture::isUnavailable);
            free.run();
        });
        assertThat(tasks("alice")).isZero();
    }

    @Test
    void refusesAFloodAtOnce() {
        Database narrow = with(new Database.Limits(3, Duration.ofSeconds(5), AT_ONCE, AT_ONCE));
        whileAllConnectionsAreBusy(free -> {
            List<Disposable> waiting = Flux.range(0, 3)
                    .map(i -> narrow.sql("select 1").count().subscribe())
                    .collectList()
                    .block();
            StepVerifier.create(narrow.sql("select 1").count())
                    .expectErrorSatisfies(DatabaseFixture::isUnavailable)
                    .verify(AT_ONCE);
            assertThat(waiting).hasSize(3);
            Mono<Long> quick = narrow.sql("select 1").quick().count();
            Future<Long> waits = quick.toFuture();
            assertThat(waits).isNotDone();
            free.run();
            assertThat(waits).succeedsWithin(AT_ONCE);
        });
    }

    @Test
    void pingDoesNotWaitForLong() {
        whileAllConnectionsAreBusy(free -> {
            StepVerifier.create(database.ping())
                    .expectErrorSatisfies(DatabaseFixture::isUnavailable)
                    .verify(Duration.ofSeconds(4));
            free.run();
        });
        complete(database.ping());
    }
}
