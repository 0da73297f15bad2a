package dev.todo.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.ServerTest;
import dev.todo.database.AllConnections;
import dev.todo.database.Connections;
import dev.todo.database.SideDoor;
import dev.todo.database.SqlStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** What the statements cost on a filled table: an index serves each of them, and pages are read in order, not sorted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListPlanTest extends ServerTest {
    private static final List<String> SORTS =
            List.of("created_at", "-created_at", "updated_at", "-updated_at", "title", "-title", "due_at");

    @Autowired
    private BeanFactory beans;

    @Autowired
    private Connections connections;

    /** Two hundred users with five hundred tasks each, and this test's own with ten thousand, one in ten open. */
    @BeforeAll
    void fillTheTable() throws SQLException {
        execute("""
                insert into accounts (user_id) values ('%1$s');
                insert into accounts (user_id) select 'crowd-' || u from generate_series(1, 200) u;
                insert into tasks (user_id, title, completed, created_at, updated_at)
                select 'crowd-' || u, md5(u || '.' || n), n %% 3 = 0,
                       now() - n * interval '1 hour', now() - (n * 7919 %% 1000) * interval '1 minute'
                from generate_series(1, 200) u, generate_series(1, 500) n;
                insert into tasks (user_id, title, completed, created_at, updated_at)
                select '%1$s', md5(n::text), n %% 10 > 0,
                       now() - n * interval '1 minute', now() - (n * 7919 %% 10000) * interval '1 minute'
                from generate_series(1, 10000) n;
                analyze tasks
                """.formatted(user));
    }

    @AfterAll
    void emptyTheTable() throws SQLException {
        execute("delete from accounts where user_id like 'crowd-%%' or user_id = '%s'; analyze tasks".formatted(user));
    }

    /** Those that have an index to be read from in order: the others sort what the user has. */
    private static final List<TaskOrder> ORDERS = SORTS.stream()
            .map(sort -> TaskOrder.by(
                    TaskOrder.Key.valueOf(sort.replace("-", "").toUpperCase(Locale.ROOT)), sort.startsWith("-")))
            .toList();

    private List<Arguments> lists() {
        List<Arguments> lists = new ArrayList<>();
        for (String owner : new String[] {user, "crowd-7"}) {
            for (TaskStatus status : TaskStatus.values()) {
                for (TaskOrder order : ORDERS) {
                    for (int limit : new int[] {1, 50, 200}) {
                        TaskQuery query = new TaskQuery(owner, TaskFilter.of(status), order, limit, null);
                        lists.add(Arguments.of(query, null));
                        lists.add(Arguments.of(query, place(order)));
                    }
                }
            }
        }
        return lists;
    }

    @ParameterizedTest
    @MethodSource("lists")
    void anIndexServesEachList(TaskQuery query, @Nullable TaskCursor place) {
        TaskConditions conditions = new TaskConditions(query.filter(), TaskFilter.Span.EVER, Instant.now());
        if (place != null) {
            conditions.beyond(query.order(), place);
        }
        SqlStatement explain = conditions
                .bindTo(database.sql("explain " + TaskStore.listSql(query.order(), conditions)))
                .bind("user_id", query.userId())
                .bind("limit", query.limit() + 1);
        String plan = String.join(
                "\n",
                explain.list(row -> String.valueOf(row.get(0, String.class))).block());
        // The crowd have so few tasks that to sort what is left of them may be cheaper than to read it in order.
        boolean many = query.userId().equals(user);
        boolean ordered = query.filter().status() == TaskStatus.ALL || isBy(query.order(), TaskOrder.Key.CREATED_AT);
        assertServed(plan, many && ordered);
    }

    /** PostgreSQL plans a statement without its values once it has run a few times: so must these plans be good, too. */
    @Test
    void anIndexServesEachStatementThatTheServerHasPrepared() throws SQLException {
        for (String status : new String[] {"all", "pending", "completed"}) {
            for (String sort : SORTS) {
                String list = "%s?limit=1&status=%s&sort=%s".formatted(tasks(), status, sort);
                JsonNode page = getJson(list);
                getJson(list + "&cursor=" + page.get("next_cursor").asString());
            }
        }
        String uri = tasks() + "/" + createTask("Rent").get("id").asLong();
        http.patch()
                .uri(uri)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"title\": \"Gas\"}")
                .exchange()
                .expectStatus()
                .isOk();
        http.delete().uri(uri).exchange().expectStatus().isNoContent();

        Set<String> lists = prepared("select id, user_id% from tasks%order by%");
        lists.removeIf(ListPlanTest::isOfAnotherTest);
        assertThat(lists).hasSizeGreaterThanOrEqualTo(2 * 3 * SORTS.size());
        for (String list : lists) {
            boolean served =
                    !list.matches("(?s).*where.* (and|not) (not )?completed.*") || list.contains("order by created_at");
            assertServed(genericPlan(list), served);
        }
        for (String one : new String[] {
            "select id, user_id% id = $2", "update tasks%set title%", "%delete from tasks%version = $3%"
        }) {
            Set<String> statements = prepared(one);
            assertThat(statements).as(one).hasSize(1);
            assertThat(genericPlan(statements.iterator().next()))
                    .contains("tasks_pkey")
                    .doesNotContain("Seq Scan");
        }
    }

    /** Taken for each task that is looked at, they would take thirty times as long as all the rest. */
    @Test
    void theWordsOfAQueryAreTakenApartOnce() throws SQLException {
        getJson(tasks() + "?q=words&sort=relevance&status=pending");
        Set<String> lists = prepared("%ts_rank%not completed%search @@%");
        assertThat(lists)
                .isNotEmpty()
                .allSatisfy(list ->
                        assertThat(genericPlan(list)).contains("InitPlan").doesNotContain("task_query"));
    }

    /** Those with more filters than the status, or in an order that no index has. */
    private static boolean isOfAnotherTest(String list) {
        String where = list.substring(list.indexOf("where"), list.indexOf("order by"));
        String order = list.substring(list.indexOf("order by"));
        return where.matches("(?s).*(search|priority|tag_keys|_at [<>i]| or ).*")
                || order.matches("(?s).*(search|priority|completed_at|-infinity|sc,.*sc,).*");
    }

    private static void assertServed(String plan, boolean inOrder) {
        assertThat(plan).contains("tasks_").doesNotContain("Seq Scan");
        if (inOrder) {
            assertThat(plan).doesNotContain("Sort");
        }
    }

    private static TaskCursor place(TaskOrder order) {
        Object key = isBy(order, TaskOrder.Key.TITLE) ? "8" : Instant.now().minusSeconds(100 * 3600);
        return new TaskCursor(List.of(key), 1);
    }

    private static boolean isBy(TaskOrder order, TaskOrder.Key key) {
        return order.last().key() == key;
    }

    private Set<String> prepared(String like) {
        try (AllConnections all = AllConnections.take(connections, connections.most())) {
            Flux<String> statements = all.each()
                    .flatMap(connection -> connection
                            .createStatement("select statement from pg_prepared_statements where statement like $1")
                            .bind(0, like)
                            .execute())
                    .flatMap(result -> result.map(row -> String.valueOf(row.get(0, String.class))));
            return new TreeSet<>(statements.collectList().block());
        }
    }

    private String genericPlan(String statement) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Connection connection = SideDoor.open(beans);
                Statement explain = connection.createStatement();
                ResultSet lines = explain.executeQuery("explain (generic_plan) " + statement)) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = SideDoor.open(beans);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
