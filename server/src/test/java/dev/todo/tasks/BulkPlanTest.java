package dev.todo.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.ServerTest;
import dev.todo.database.SideDoor;
import dev.todo.database.SqlStatement;
import dev.todo.tasks.BulkStore.Bulk;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What bulk changes cost on a filled table: ids are found by the primary key, and nobody reads what others have. The user
 * has a twentieth of it; for a tenth, PostgreSQL may rather read all.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BulkPlanTest extends ServerTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final TasksChange CHANGE = new TasksChange(List.of("a"), List.of("b"), Priority.HIGH);

    @Autowired
    private BeanFactory beans;

    @BeforeAll
    void fillTheTable() throws SQLException {
        execute("""
                insert into accounts (user_id) values ('%1$s');
                insert into accounts (user_id) select 'masses-' || u from generate_series(1, 200) u;
                insert into tasks (user_id, title)
                select 'masses-' || u, md5(u || '.' || n) from generate_series(1, 200) u, generate_series(1, 1000) n;
                insert into tasks (user_id, title, completed) select '%1$s', md5(n::text), n %% 2 = 0
                from generate_series(1, 10000) n;
                analyze tasks
                """.formatted(user));
    }

    @AfterAll
    void emptyTheTable() throws SQLException {
        execute("delete from accounts where user_id like 'masses-%%' or user_id = '%s'; analyze tasks".formatted(user));
    }

    private Stream<Bulk> bulks() {
        List<Long> ids = database.sql("select id from tasks where user_id = :user_id order by id limit 500")
                .bind("user_id", user)
                .list(row -> row.get(0, Long.class))
                .blockOptional()
                .orElseThrow();
        TaskFilter pending = TaskFilter.of(TaskStatus.PENDING);
        return Stream.of(false, true)
                .flatMap(dryRun -> Stream.of(
                        new Bulk(user, ids, TaskConditions.ofIds(ids, NOW), dryRun, NOW),
                        new Bulk(user, ids.subList(0, 1), TaskConditions.ofIds(ids.subList(0, 1), NOW), dryRun, NOW),
                        new Bulk(
                                user, List.of(), new TaskConditions(pending, TaskFilter.Span.EVER, NOW), dryRun, NOW)));
    }

    @ParameterizedTest
    @MethodSource("bulks")
    void anIndexServesEachBulkChange(Bulk bulk) {
        for (String sql : List.of(BulkStore.completeSql(bulk), BulkStore.reopenSql(bulk), BulkStore.deleteSql(bulk))) {
            assertServed(bulk, bulk.bindTo(database.sql("explain " + sql)));
        }
        SqlStatement update = bulk.bindTo(database.sql("explain " + BulkStore.updateSql(bulk)));
        assertServed(bulk, BulkStore.bindChange(update, CHANGE));
    }

    private static void assertServed(Bulk bulk, SqlStatement explain) {
        String plan = String.join(
                "\n",
                explain.list(row -> String.valueOf(row.get(0, String.class)))
                        .blockOptional()
                        .orElseThrow());
        assertThat(plan).contains("user_id = '").doesNotContain("Seq Scan on tasks");
        if (!bulk.ids().isEmpty()) {
            assertThat(plan).contains("Index Scan using tasks_pkey").doesNotContain("tasks_by");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = SideDoor.open(beans);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
