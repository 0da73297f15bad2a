package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** However many tasks come and go meanwhile, a walk through all pages sees each of the others once, and in order. */
class CursorPropertyTest extends ServerTest {
    private static final int ROUNDS = 12;
    private static final int MOST_TASKS = 60;
    private static final int MOST_CHANGES = 6;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String[] LETTERS = {"a", "A", "ä", "b", "Z", "z", "1", " ", "-", "😀", "ß", "é"};

    @ParameterizedTest
    @ValueSource(strings = {"created_at", "-created_at", "updated_at", "-updated_at", "title", "-title"})
    void aWalkSeesEachTaskThatStaysExactlyOnceAndInOrder(String sort) {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = new Random().nextLong();
            try {
                new Walk(sort, new Random(seed)).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Round %d of sort=%s, seed %d".formatted(round, sort, seed), e);
            }
        }
    }

    private final class Walk {
        private final String sort;
        private final Random random;
        private final String mine = "mine-" + UUID.randomUUID();
        private final String theirs = "theirs-" + UUID.randomUUID();
        private final List<Long> deleted = new ArrayList<>();

        Walk(String sort, Random random) {
            this.sort = sort;
            this.random = random;
        }

        void run() {
            await(List.of(database.sql("insert into accounts (user_id) values (:mine), (:theirs)")
                    .bind("mine", mine)
                    .bind("theirs", theirs)
                    .count()));
            await(inserts(mine, random.nextInt(MOST_TASKS)));
            await(inserts(theirs, random.nextInt(MOST_TASKS)));
            String status = List.of("all", "pending", "completed").get(random.nextInt(3));
            List<Long> before = inOrder(status);
            List<Long> seen = walk(status);

            assertThat(seen).doesNotHaveDuplicates();
            List<Long> stayed = new ArrayList<>(before);
            stayed.removeAll(deleted);
            List<Long> seenOfThem = new ArrayList<>(seen);
            seenOfThem.retainAll(stayed);
            assertThat(seenOfThem).as("those that stayed").isEqualTo(stayed);

            Set<Long> left = new HashSet<>(seen);
            List<Long> after = new ArrayList<>(inOrder(status));
            after.retainAll(left);
            List<Long> seenAndLeft = new ArrayList<>(seen);
            seenAndLeft.retainAll(after);
            assertThat(seenAndLeft).as("those that came, too, in order").isEqualTo(after);
        }

        private List<Long> walk(String status) {
            List<Long> seen = new ArrayList<>();
            String cursor = null;
            do {
                CompletableFuture<Void> changes = changes().toFuture();
                JsonNode page = page(status, cursor);
                for (JsonNode task : page.get("items")) {
                    assertThat(task.get("user_id").asString()).isEqualTo(mine);
                    assertThat(status).isIn("all", task.get("completed").asBoolean() ? "completed" : "pending");
                    seen.add(task.get("id").asLong());
                }
                cursor = page.get("next_cursor").isNull()
                        ? null
                        : page.get("next_cursor").asString();
                changes.join();
            } while (cursor != null);
            return seen;
        }

        private JsonNode page(String status, @Nullable String cursor) {
            String uri = "/api/me/tasks?sort=%s&status=%s&limit=%d".formatted(sort, status, 1 + random.nextInt(12));
            return json(as(mine).get()
                    .uri(cursor == null ? uri : uri + "&cursor=" + cursor)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .returnResult());
        }

        /** A few changes of both users, all of them chosen before the first one runs. */
        private Mono<Void> changes() {
            List<Long> ids = inOrder("all");
            List<Mono<Long>> changes = new ArrayList<>();
            changes.addAll(inserts(mine, random.nextInt(MOST_CHANGES)));
            changes.addAll(inserts(theirs, random.nextInt(MOST_CHANGES)));
            for (int i = random.nextInt(MOST_CHANGES); i > 0 && !ids.isEmpty(); i--) {
                long id = ids.remove(random.nextInt(ids.size()));
                deleted.add(id);
                changes.add(database.sql("delete from tasks where user_id = :user_id and id = :id")
                        .bind("user_id", mine)
                        .bind("id", id)
                        .count());
            }
            return Flux.merge(changes).then();
        }

        private List<Mono<Long>> inserts(String userId, int count) {
            return IntStream.range(0, count).mapToObj(i -> insert(userId)).toList();
        }

        /** Few different times and short titles of few letters, so that many tie. */
        private Mono<Long> insert(String userId) {
            return database.sql("""
                            insert into tasks (user_id, title, completed, created_at, updated_at)
                            values (:user_id, :title, :completed, :created_at, :updated_at)
                            """)
                    .bind("user_id", userId)
                    .bind("title", "x" + letter() + letter())
                    .bind("completed", random.nextBoolean())
                    .bind("created_at", time())
                    .bind("updated_at", time())
                    .count();
        }

        private String letter() {
            return LETTERS[random.nextInt(LETTERS.length)];
        }

        private Instant time() {
            return START.plusNanos(1_000L * random.nextInt(20));
        }

        private List<Long> inOrder(String status) {
            String direction = sort.startsWith("-") ? "desc" : "asc";
            List<Long> ids = database.sql("""
                            select id from tasks
                            where user_id = :user_id and (:status = 'all' or completed = (:status = 'completed'))
                            order by %1$s %2$s, id %2$s
                            """.formatted(sort.replace("-", ""), direction))
                    .bind("user_id", mine)
                    .bind("status", status)
                    .list(row -> row.get(0, Long.class))
                    .block();
            return new ArrayList<>(ids);
        }

        private static void await(List<Mono<Long>> changes) {
            Flux.merge(changes).blockLast();
        }
    }
}
