package dev.todo.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.SqlScope;
import dev.todo.tasks.BulkStore.Bulk;
import dev.todo.tasks.TaskFilter.DueOn;
import dev.todo.tasks.TaskFilter.Span;
import dev.todo.tasks.TaskOrder.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** However a list or a bulk change is put together, its SQL is narrowed to one user. */
class TaskListSqlTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @Test
    void everyListNamesTheUser() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            TaskOrder order = order(random);
            TaskConditions conditions = new TaskConditions(filter(random), span(random), NOW);
            if (random.nextBoolean()) {
                conditions.beyond(order, place(order, random));
            }
            assertThat(SqlScope.faults(TaskStore.listSql(order, conditions))).isEmpty();
        }
    }

    @Test
    void everyBulkChangeNamesTheUser() {
        Random random = new Random(7);
        List<Long> ids = List.of(7L, 8L);
        for (int i = 0; i < 200; i++) {
            TaskConditions conditions = random.nextBoolean()
                    ? TaskConditions.ofIds(ids, NOW)
                    : new TaskConditions(filter(random), span(random), NOW);
            Bulk bulk = new Bulk("alice", ids, conditions, random.nextBoolean(), NOW);
            assertThat(SqlScope.faults(BulkStore.completeSql(bulk))).isEmpty();
            assertThat(SqlScope.faults(BulkStore.reopenSql(bulk))).isEmpty();
            assertThat(SqlScope.faults(BulkStore.updateSql(bulk))).isEmpty();
            assertThat(SqlScope.faults(BulkStore.deleteSql(bulk))).isEmpty();
        }
    }

    private static TaskFilter filter(Random random) {
        return new TaskFilter(
                one(random, TaskStatus.values()),
                random.nextBoolean() ? Set.of() : Set.of(one(random, Priority.values())),
                random.nextBoolean() ? Set.of() : Set.of("home"),
                random.nextBoolean() ? Set.of() : Set.of("garden"),
                "rent",
                random.nextBoolean() ? null : one(random, DueOn.values()),
                random.nextBoolean() ? null : (Boolean) random.nextBoolean(),
                span(random),
                span(random),
                span(random),
                random.nextBoolean() ? null : (Boolean) random.nextBoolean(),
                random.nextBoolean() ? null : (Long) 7L);
    }

    private static Span span(Random random) {
        return new Span(random.nextBoolean() ? NOW : null, random.nextBoolean() ? NOW : null);
    }

    private static TaskOrder order(Random random) {
        List<TaskOrder.Key> keys = new ArrayList<>(List.of(TaskOrder.Key.values()));
        Collections.shuffle(keys, random);
        return new TaskOrder(keys.subList(0, 1 + random.nextInt(keys.size())).stream()
                .map(key -> new Term(key, random.nextBoolean()))
                .toList());
    }

    private static TaskCursor place(TaskOrder order, Random random) {
        List<@Nullable Object> keys = new ArrayList<>();
        order.terms().forEach(term -> keys.add(random.nextBoolean() ? NOW : null));
        return new TaskCursor(keys, 1);
    }

    private static <T> T one(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }
}
