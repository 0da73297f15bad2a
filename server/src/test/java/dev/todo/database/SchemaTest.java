package dev.todo.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(QuietLogs.class)
class SchemaTest {
    @TempDir
    static Path folder;

    private static EmbeddedDatabase postgres;
    private static DatabaseAddress address;

    @BeforeAll
    static void start() {
        postgres = EmbeddedDatabase.start(folder);
        address = postgres.address();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @AfterEach
    void dropEverything() throws SQLException {
        run("drop schema public cascade", "create schema public");
    }

    @Test
    void goesUpAndDownAndUpAgain() throws SQLException {
        Schema schema = new Schema(address);
        schema.update();
        List<String> up = relations();
        assertThat(up).contains("tasks", "tasks_pkey", "tasks_id_seq", "tasks_by_created_at");
        schema.undo();
        assertThat(relations()).noneMatch(name -> name.startsWith("tasks"));
        schema.update();
        assertThat(relations()).isEqualTo(up);
        schema.update();
        assertThat(relations()).isEqualTo(up);
    }

    @Test
    void lastLineOfDefence() throws SQLException {
        new Schema(address).update();
        run(
                "insert into accounts (user_id) values ('u')",
                "insert into tasks (user_id, title) values ('u', repeat('😀', 200))");
        refused("insert into tasks (user_id, title) values ('u', '')", "tasks_title_check");
        refused("insert into tasks (user_id, title) values ('u', repeat('😀', 201))", "tasks_title_check");
        refused("insert into tasks (user_id, title) values ('', 'x')", "tasks_user_id_check");
        refused(
                "insert into tasks (user_id, title, description) values ('u', 'x', repeat('x', 1001))",
                "tasks_description_check");
        refused("insert into tasks (user_id, title, completed_at) values ('u', 'x', now())", "tasks_open_has_no");
        refused("insert into tasks (user_id, id, title) values ('u', 1, 'x')", "tasks_pkey");
        refused("insert into tasks (user_id, title) values ('nobody', 'x')", "tasks_of_account");
    }

    @Test
    void takesRowsFromElsewhere() throws SQLException {
        new Schema(address).update();
        run(
                "insert into accounts (user_id) values ('u'), ('v')",
                """
                insert into tasks (user_id, id, title, description, completed, created_at, updated_at)
                values ('u', 500, 'Done long ago', 'x', true, now(), now()), ('v', 500, 'Open', null, false, now(), now())
                """,
                "select setval('tasks_id_seq', 1000)",
                "update tasks set title = 'by hand' where id = 500",
                "insert into tasks (user_id, title) values ('u', 'Next')");
        assertThat(column("select user_id || id from tasks order by user_id, id"))
                .containsExactly("u500", "u1001", "v500");
    }

    @ParameterizedTest
    @CsvSource({
        "created_at, ''",
        "created_at, desc",
        "updated_at, ''",
        "updated_at, desc",
        "title, ''",
        "title, desc",
    })
    void everyOrderIsReadFromAnIndex(String column, String direction) throws SQLException {
        new Schema(address).update();
        fill();
        String list = "select * from tasks where user_id = 'user7' %s order by %s %s, id %s limit 51";
        assertFromIndex(list.formatted("", column, direction, direction));
        String after = "and (%s, id) %s (%s, 500)"
                .formatted(
                        column,
                        direction.isEmpty() ? ">" : "<",
                        column.equals("title") ? "'Task 5'" : "timestamptz 'yesterday'");
        assertFromIndex(list.formatted(after, column, direction, direction));
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed", "not completed", "completed = true", "completed = false"})
    void theUsualOrderIsReadFromAnIndexWhenFiltered(String filter) throws SQLException {
        new Schema(address).update();
        fill();
        assertFromIndex("select * from tasks where user_id = 'user7' and " + filter
                + " order by created_at desc, id desc limit 51");
    }

    @Test
    void manyServersMayStartAtOnce() throws Exception {
        int servers = 4;
        ExecutorService pool = Executors.newFixedThreadPool(servers);
        try {
            CountDownLatch ready = new CountDownLatch(servers);
            List<Future<?>> starts = new ArrayList<>();
            for (int server = 0; server < servers; server++) {
                starts.add(pool.submit(() -> {
                    ready.countDown();
                    ready.await();
                    new Schema(address).update();
                    return null;
                }));
            }
            for (Future<?> start : starts) {
                start.get();
            }
            assertThat(relations()).contains("tasks");
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aServerThatDiedOverItBlocksNobody() throws SQLException {
        new Schema(address).update();
        run(
                "update databasechangeloglock set locked = true, lockgranted = now(), lockedby = 'a dead server'",
                "delete from databasechangelog where id = '001-tasks-orders'",
                "drop index tasks_by_created_at, tasks_by_updated_at, tasks_by_title, tasks_by_completed");
        new Schema(address).update();
        assertThat(relations()).contains("tasks_by_created_at");
    }

    @Test
    void asksLiquibaseOnlyWhenThereIsSomethingToDo() throws SQLException {
        new Schema(address).update();
        run("update databasechangeloglock set locked = true");
        new Schema(address).update();
        assertThat(column("select locked from databasechangeloglock"))
                .as("Liquibase would have taken the lock, and given it back")
                .containsExactly("t");
        run("comment on table databasechangelog is 'of another version'");
        new Schema(address).update();
        assertThat(column("select locked from databasechangeloglock")).containsExactly("f");
    }

    @Test
    void takesNoOtherSchemaForItsOwn() throws SQLException {
        new Schema(address).update();
        run("create schema other");
        new Schema(with("options=-csearch_path%3Dother,public")).update();
        assertThat(column("select schemaname from pg_tables where tablename = 'tasks' order by 1"))
                .containsExactly("other", "public");
        run("drop schema other cascade");
    }

    @Test
    void startsOnNoDatabaseThatTakesNoChanges() throws SQLException {
        new Schema(address).update();
        DatabaseAddress readOnly = with("options=-cdefault_transaction_read_only%3Don&target_session_attrs=read-write");
        assertThatThrownBy(() -> new Schema(readOnly).update())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is read-only: name one in DATABASE_URL that takes changes");
    }

    @Test
    void waitsForAnotherServerButNotForEver() throws SQLException {
        try (Connection other = connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(7306086911)");
            assertThatThrownBy(() -> new Schema(address, 1).update())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Another server has been changing the tables at " + address.location());
        }
    }

    @Test
    void saysWhyATableCannotBeMade() throws SQLException {
        run("create table tasks (id int)");
        assertThatThrownBy(() -> new Schema(address).update())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The tables at %s could not be brought up to date: ERROR: relation \"tasks\" already exists"
                        .formatted(address.location()));
    }

    @Test
    void saysWhatToCheckWhenTheDatabaseCannotBeUsed() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        assertRefusal("postgres://todo:secret@127.0.0.1:" + closed + "/todo", "cannot be reached: check the host");
        String ours = "127.0.0.1:" + address.port();
        assertRefusal("postgres://todo:secret@" + ours + "/todo", "refused the login");
        assertRefusal("postgres://todo@" + ours + "/todo", "refused the login");
        assertRefusal("postgres://todo:secret@" + ours + "/todo?sslmode=require", "and the sslmode in DATABASE_URL");
        assertRefusal("postgres://todo:secret@no.such.host.invalid/todo", "cannot be reached");
    }

    private static DatabaseAddress with(String query) {
        return DatabaseAddress.parse("postgres://%s:%s@%s:%d/%s?%s"
                .formatted(
                        address.user(), address.password(), address.host(), address.port(), address.database(), query));
    }

    private static void assertRefusal(String url, String advice) {
        DatabaseAddress wrong = DatabaseAddress.parse(url);
        assertThatThrownBy(() -> new Schema(wrong).update())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The database at " + wrong.location() + " ")
                .hasMessageContaining(advice)
                .hasMessageNotContaining("secret");
    }

    private static void fill() throws SQLException {
        run(
                "insert into accounts (user_id) select 'user' || n from generate_series(0, 19) n",
                """
                insert into tasks (user_id, title, completed, created_at, updated_at)
                select 'user' || n %% 20, 'Task ' || n, n %% 3 = 0, now() - n * interval '1 s', now() - n * interval '7 s'
                from generate_series(1, 10000) n
                """.replace("%%", "%"),
                "analyze tasks");
    }

    private static void assertFromIndex(String query) throws SQLException {
        assertThat(String.join("\n", column("explain " + query)))
                .contains("Index Scan")
                .doesNotContain("Sort")
                .doesNotContain("Seq Scan");
    }

    private static void refused(String statement, String constraint) {
        assertThatThrownBy(() -> run(statement)).hasMessageContaining(constraint);
    }

    private static List<String> relations() throws SQLException {
        return column("select relname from pg_class where relnamespace = 'public'::regnamespace order by 1");
    }

    private static void run(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> column(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> column = new ArrayList<>();
            while (rows.next()) {
                column.add(rows.getString(1));
            }
            return column;
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), address.jdbcProperties());
    }
}
