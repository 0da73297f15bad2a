package dev.todo.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpResources;

/** Quick statements of one event loop, which follow each other on one connection. */
class QuickTest extends DatabaseFixture {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String SELF = "select pg_backend_pid() from pg_sleep(:seconds)";

    /** Two that have connections: with more loops than these, some have none. */
    private static Stream<Scheduler> loops() {
        return StreamSupport.stream(HttpResources.get().onServer(true).spliterator(), false)
                .limit(2)
                .map(Schedulers::fromExecutor);
    }

    private static Mono<Integer> self(double seconds) {
        return database.sql(SELF).bind("seconds", seconds).quick().one(row -> row.get(0, Integer.class));
    }

    /** On a loop that has a connection: what comes while one is made does not wait for it. */
    private static <T> List<T> all(Scheduler loop, List<Mono<T>> statements) {
        get(self(0).subscribeOn(loop));
        return get(Flux.fromIterable(statements)
                .flatMapSequential(one -> one, statements.size())
                .collectList()
                .subscribeOn(loop));
    }

    @ParameterizedTest
    @MethodSource("loops")
    void followEachOtherOnOneConnection(Scheduler loop) {
        List<Integer> connections = all(
                loop,
                IntStream.range(0, 10).mapToObj(i -> self(i == 0 ? 0.1 : 0)).toList());
        assertThat(connections).hasSize(10).containsOnly(connections.get(0));
    }

    @ParameterizedTest
    @MethodSource("loops")
    void takeAnotherConnectionRatherThanWaitBehindManyOthers(Scheduler loop) {
        List<Integer> connections =
                all(loop, IntStream.range(0, 100).mapToObj(i -> self(0.001)).toList());
        assertThat(connections).hasSize(100);
        assertThat(connections.stream().distinct().count()).isGreaterThan(1);
    }

    @ParameterizedTest
    @MethodSource("loops")
    void oneThatFailsLeavesTheOthersAlone(Scheduler loop) {
        List<Integer> quotients = all(
                loop,
                IntStream.range(-4, 5)
                        .mapToObj(i -> database.sql("select 12 / :number")
                                .bind("number", i)
                                .quick()
                                .one(row -> row.get(0, Integer.class))
                                .onErrorReturn(0))
                        .toList());
        assertThat(quotients).containsExactly(-3, -4, -6, -12, 0, 12, 6, 4, 3);
    }

    /** The first, and one behind others: what has been written of it does not go out. */
    @ParameterizedTest
    @MethodSource("loops")
    void oneThatCannotBeWrittenLeavesTheOthersAlone(Scheduler loop) {
        List<Integer> years = all(
                loop,
                Stream.of(Instant.MAX, Instant.EPOCH, Instant.MAX, Instant.EPOCH)
                        .map(time -> database.sql("select extract(year from :time at time zone 'UTC')::int")
                                .bind("time", time)
                                .quick()
                                .one(row -> row.get(0, Integer.class))
                                .onErrorReturn(ArithmeticException.class, 0))
                        .toList());
        assertThat(years).containsExactly(0, 1970, 0, 1970);
    }

    /** A text that PostgreSQL does not understand: those behind the first find nothing prepared. */
    @ParameterizedTest
    @MethodSource("loops")
    void oneThatMakesNoSenseLeavesTheOthersAlone(Scheduler loop) {
        List<String> answers = all(
                loop,
                Stream.of("'before'", "no_such_column", "'between'", "no_such_column", "no_such_column", "'after'")
                        .map(value -> database.sql("select concat(" + value + ", :value)")
                                .bind("value", "!")
                                .quick()
                                .one(row -> row.get(0, String.class))
                                .onErrorReturn("refused"))
                        .toList());
        assertThat(answers).containsExactly("before!", "refused", "between!", "refused", "refused", "after!");
    }

    @ParameterizedTest
    @MethodSource("loops")
    void whereTheConnectionEndsEachIsToldAndTheNextOnesGoOn(Scheduler loop) {
        Mono<Integer> end = database.sql("select pg_terminate_backend(pg_backend_pid())::int")
                .quick()
                .one(row -> row.get(0, Integer.class));
        List<Integer> outcomes = all(
                loop,
                IntStream.range(0, 10)
                        .mapToObj(i -> (i == 5 ? end : self(0))
                                .map(connection -> 1)
                                .onErrorResume(error -> {
                                    isUnavailable(error);
                                    return Mono.just(0);
                                }))
                        .toList());
        assertThat(outcomes).containsExactly(1, 1, 1, 1, 1, 0, 0, 0, 0, 0);
        assertThat(all(loop, IntStream.range(0, 100).mapToObj(i -> self(0)).toList()))
                .hasSize(100);
    }

    @ParameterizedTest
    @MethodSource("loops")
    void whoHangsUpLeavesTheOthersAlone(Scheduler loop) {
        AtomicInteger heard = new AtomicInteger();
        Disposable gone = self(1).subscribeOn(loop).subscribe(connection -> heard.incrementAndGet());
        await().pollInterval(Duration.ofMillis(10)).until(() -> connections.inUse() == 1);
        Mono<List<Integer>> others = Flux.range(0, 5)
                .flatMapSequential(i -> self(0), 5)
                .collectList()
                .subscribeOn(loop);
        gone.dispose();
        List<Integer> answers = get(others);
        assertThat(answers).hasSize(5);
        assertThat(heard).hasValue(0);
    }

    /** However many quick ones come behind it: one connection is left, and on it nobody is overtaken. */
    @ParameterizedTest
    @MethodSource("loops")
    void aTransactionIsNotOvertakenForEver(Scheduler loop) {
        AllConnections others = AllConnections.take(connections, connections.most() - 1);
        try {
            Disposable stream = Flux.range(0, 50)
                    .flatMap(i -> self(0.001).repeat().subscribeOn(loop), 50)
                    .subscribe();
            try {
                await().until(() -> connections.waitedFor() > 0);
                for (int i = 0; i < 5; i++) {
                    assertThat(database.transaction(insert("alice")).block(SOON))
                            .isEqualTo(1);
                }
            } finally {
                stream.dispose();
            }
        } finally {
            others.close();
        }
        assertThat(tasks("alice")).isEqualTo(5);
    }

    /** From a thread that no connection belongs to each has a connection to itself. */
    @Test
    void areAnsweredOnAnyThread() {
        assertThat(get(Flux.range(0, 200)
                        .flatMap(i -> self(0).subscribeOn(Schedulers.boundedElastic()), 200)
                        .count()))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("loops")
    void aConnectionIsGivenBackUnderLastingLoad(Scheduler loop) {
        Disposable stream = Flux.range(0, 4)
                .flatMap(i -> self(0.0001).repeat().subscribeOn(loop), 4)
                .subscribe();
        try {
            int before = get(self(0).subscribeOn(loop));
            await().atMost(Duration.ofSeconds(20)).until(() -> get(self(0).subscribeOn(loop)), now -> now != before);
        } finally {
            stream.dispose();
        }
    }

    /** One connection is left for them; slow ones wait for one of the others, in turn. */
    @ParameterizedTest
    @MethodSource("loops")
    void areAnsweredWhateverSlowOnesWaitFor(Scheduler loop) {
        Mono<Long> lock = database.sql("select pg_advisory_xact_lock(7)").count();
        int many = 2 * connections.most();
        Sinks.Empty<Void> locked = Sinks.empty();
        Sinks.Empty<Void> end = Sinks.empty();
        Future<Void> holder = database.transaction(
                        lock.doOnNext(taken -> locked.tryEmitEmpty()).then(end.asMono()))
                .toFuture();
        complete(locked.asMono());
        Future<List<Long>> slow = Flux.range(0, many)
                .flatMap(i -> database.transaction(lock).subscribeOn(loop), many)
                .collectList()
                .toFuture();
        try {
            await().untilAsserted(() -> {
                assertThat(connections.waitedFor()).isEqualTo(many - (connections.most() - 2));
                assertThat(connections.inUse()).isEqualTo(connections.most() - 1);
            });
            assertThat(Flux.range(0, 100)
                            .flatMap(i -> self(0), 100)
                            .subscribeOn(loop)
                            .collectList()
                            .block(SOON))
                    .hasSize(100);
            complete(database.ping());
            assertThat(slow).isNotDone();
        } finally {
            end.tryEmitEmpty();
        }
        assertThat(holder).succeedsWithin(SOON);
        assertThat(slow).succeedsWithin(SOON).asInstanceOf(LIST).hasSize(many);
    }
}
