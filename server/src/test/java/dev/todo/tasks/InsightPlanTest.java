package dev.todo.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.ServerTest;
import dev.todo.database.SideDoor;
import dev.todo.database.SqlStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** What statistics and tags cost one of many users, who has ten thousand tasks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InsightPlanTest extends ServerTest {
    private static final Pattern TIME = Pattern.compile("Execution Time: ([0-9.]+) ms");
    private static final String EXPLAIN = "explain (analyze, timing off) ";
    private static final int TASKS = 10_000;
    private static final int MOST_MILLISECONDS = 50;
    private static final int TIMES_READING = 12;

    @Autowired
    private BeanFactory beans;

    @Autowired
    private TagStore tags;

    /** Two hundred users with five hundred tasks each, and two of this test's own. */
    @BeforeAll
    void fillTheTable() throws SQLException {
        execute("""
                insert into accounts (user_id, time_zone) values ('%1$s', 'Europe/Berlin'), ('many-%1$s', 'UTC');
                insert into accounts (user_id) select 'many-' || u from generate_series(1, 200) u;
                insert into tasks (user_id, title, tags, tag_keys)
                select 'many-' || u, md5(u || '.' || n), '{home}', '{home}'
                from generate_series(1, 200) u, generate_series(1, 500) n;
                insert into tasks (user_id, title, description, completed, completed_at, priority, due_date, due_at, tags,
                    tag_keys)
                select '%1$s', md5(n::text), repeat(md5(n::text), 5), n %% 3 > 0,
                    case when n %% 3 > 0 then now() - n * interval '1 hour' end, n %% 5,
                    case when n %% 2 = 0 then current_date end,
                    case when n %% 2 = 0 then now() + (n - 5000) * interval '1 hour' end,
                    array['home', 'Tag ' || n %% 200, 'Other ' || n %% 37],
                    array['home', 'tag ' || n %% 200, 'other ' || n %% 37]
                from generate_series(1, %2$d) n;
                insert into tasks (user_id, title, tags, tag_keys)
                select 'many-%1$s', md5(n::text), array['home', 'Other ' || n %% 37], array['home', 'other ' || n %% 37]
                from generate_series(1, %2$d) n;
                analyze tasks
                """.formatted(user, TASKS));
    }

    @AfterAll
    void emptyTheTable() throws SQLException {
        execute("delete from accounts where user_id like 'many-%%' or user_id = '%s'; analyze tasks".formatted(user));
    }

    @Test
    void statisticsTakeNoTime() {
        SqlStatement statement = database.sql(EXPLAIN + StatsStore.STATS);
        String plan = fastestPlan(StatsStore.bind(statement, user, ZoneId.of("Europe/Berlin"), Instant.now()));
        assertThat(plan).contains("tasks_").doesNotContain("Seq Scan on tasks");
        assertThat(milliseconds(plan)).isLessThan(mostMilliseconds());
        assertThat(getJson(tasks() + "/stats").path("total").asInt()).isEqualTo(TASKS);
    }

    @Test
    void tagsAreListedInNoTime() {
        String plan =
                fastestPlan(explained(TagStore.LIST).bind("after", "other 7").bind("limit", 51));
        assertThat(plan).contains("tasks_").doesNotContain("Seq Scan on tasks");
        assertThat(milliseconds(plan)).isLessThan(mostMilliseconds());
    }

    @Test
    void allTasksChangeInOneStatement() {
        String owner = "many-" + user;
        Tag renamed =
                tags.rename(owner, "home", "Other 7", "other 7", Instant.now()).block();
        assertThat(renamed).isEqualTo(new Tag("Other 7", TASKS, TASKS));
        assertThat(tags.delete(owner, "other 7", Instant.now()).block()).isEqualTo(TASKS);
        assertThat(Objects.requireNonNull(tags.list(owner, null, 200).block()))
                .hasSize(36)
                .noneMatch(found -> found.key().equals("other 7"));
    }

    /** More where the computer is so busy that only to read the tasks takes long already. */
    private double mostMilliseconds() {
        SqlStatement reading = explained("select sum(cardinality(tags)) from tasks where user_id = :user_id");
        return Math.max(MOST_MILLISECONDS, TIMES_READING * milliseconds(fastestPlan(reading)));
    }

    private SqlStatement explained(String sql) {
        return database.sql(EXPLAIN + sql).bind("user_id", user);
    }

    /** Of several, so that what else the computer does counts less. */
    private static String fastestPlan(SqlStatement explained) {
        return IntStream.range(0, 10)
                .mapToObj(i -> explained.list(row -> String.valueOf(row.get(0, String.class))))
                .map(lines -> String.join("\n", Objects.requireNonNull(lines.block())))
                .min(Comparator.comparingDouble(InsightPlanTest::milliseconds))
                .orElseThrow();
    }

    private static double milliseconds(String plan) {
        Matcher time = TIME.matcher(plan);
        assertThat(time.find()).as(plan).isTrue();
        return Double.parseDouble(time.group(1));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = SideDoor.open(beans);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
