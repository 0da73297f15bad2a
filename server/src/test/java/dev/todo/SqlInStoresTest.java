package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No statement of a store reads or changes users' data without naming the user. */
class SqlInStoresTest {
    private static final String NEIGHBOUR = """
            record Order(String column, boolean descending) {
                String beyond() { return descending ? "<" : ">"; }
                String other() { return name; }
            }
            class Neighbour { static final String COLUMNS = "id, title"; String unknown; }
            """;

    /** Who logs in or refreshes is not known yet: these find the user by what only the user has. Three only tidy up. */
    private static final List<String> KNOW_NO_USER = List.of(
            "from accounts where email_key = :email_key",
            "select user_id from refresh_tokens where hash = :hash",
            "update refresh_tokens set used_at = coalesce(used_at, :now) where hash = :hash",
            "delete from sessions where expires_at <= :now",
            "select user_id, key from idempotency_keys where expires_at <= :now for update skip locked",
            "select user_id, id from trash where deleted_at < :before limit :most for update skip locked");

    /** Put together as the filter and the order want it: TaskListSqlTest reads what it comes to. */
    private static final String LIST = "where user_id = :user_id " + StoreSource.UNKNOWN;

    @Test
    void everyStatementOfEveryStoreNamesTheUser() {
        assertThat(JavaSources.stores()).isNotEmpty().allSatisfy(store -> {
            Set<String> statements = StoreSource.statements(JavaSources.read(store), JavaSources.neighbours(store));
            assertThat(statements).as(store.toString()).isNotEmpty();
            assertThat(statements)
                    .filteredOn(sql -> KNOW_NO_USER.stream().noneMatch(oneLine(sql)::contains))
                    .filteredOn(sql -> !oneLine(sql).contains(LIST))
                    .allSatisfy(sql -> assertThat(SqlScope.faults(sql)).isEmpty());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT id FROM tasks WHERE user_id = :user_id AND id = :id",
                "SELECT id FROM tasks WHERE user_id = $1 AND (title, id) > ($2, $3) ORDER BY title, id LIMIT $4",
                "SELECT t.id FROM tasks t WHERE t.user_id = :u AND (t.completed OR t.title = :title)",
                "SELECT id FROM tasks WHERE (user_id, id) = (:user_id, :id)",
                "SELECT id FROM tasks WHERE title IS DISTINCT FROM :title AND user_id = :user_id",
                "SELECT a.id FROM tasks AS a JOIN tasks b ON b.id = a.id AND b.user_id = :u WHERE a.user_id = :u",
                "INSERT INTO tasks (user_id, title) VALUES (:user_id, :title) RETURNING id",
                "INSERT INTO tasks (user_id, id) VALUES ($1, $2) ON CONFLICT (user_id, id) DO UPDATE SET title = 'x'",
                "UPDATE tasks SET title = :title WHERE user_id = :user_id AND id = :id RETURNING *",
                "DELETE FROM tasks WHERE user_id = :user_id AND id = :id",
                "WITH gone AS (DELETE FROM tasks WHERE user_id = :u RETURNING id) SELECT count(*) FROM gone",
                "SELECT id FROM tasks WHERE user_id = :u UNION SELECT id FROM tasks WHERE user_id = :u",
            })
    void acceptsWhatNamesTheUser(String sql) {
        assertThat(SqlScope.faults(sql)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id FROM tasks",
                "SELECT user_id FROM tasks WHERE id = :id",
                "SELECT id FROM \"tasks\" WHERE id = :id",
                "SELECT id FROM public.tasks WHERE id = :id",
                "SELECT id FROM tasks WHERE id = :id -- AND user_id = :user_id",
                "SELECT id FROM tasks WHERE id = :id /* AND user_id = :user_id */",
                "SELECT id FROM tasks WHERE title = 'user_id = :user_id'",
                "SELECT id FROM tasks WHERE user_id = user_id",
                "SELECT id FROM tasks WHERE user_id <> :user_id",
                "SELECT id FROM tasks WHERE NOT (user_id = :user_id)",
                "SELECT id FROM tasks WHERE user_id = :user_id AND completed OR title = :title",
                "SELECT id FROM tasks WHERE (user_id = :user_id OR :everybody) AND id = :id",
                "SELECT id FROM tasks ORDER BY user_id = :user_id",
                "SELECT a.id FROM tasks a JOIN tasks b ON b.id = a.id WHERE a.user_id = :u",
                "SELECT t.id FROM tasks t JOIN users u ON u.id = t.id WHERE u.user_id = :u",
                "SELECT id FROM tasks WHERE user_id = :u UNION SELECT id FROM tasks",
                "SELECT 1 WHERE EXISTS (SELECT 1 FROM tasks WHERE id = :id)",
                "SELECT id FROM tasks WHERE user_id = :u AND id IN (SELECT id FROM tasks)",
                "WITH gone AS (DELETE FROM tasks WHERE id = :id RETURNING id) SELECT count(*) FROM gone",
                "INSERT INTO tasks (title) VALUES (:title)",
                "INSERT INTO tasks VALUES (:user_id, :title)",
                "INSERT INTO tasks (user_id, title) SELECT :user_id, title FROM tasks",
                "UPDATE tasks SET user_id = :user_id WHERE id = :id",
                "DELETE FROM tasks USING users WHERE tasks.id = :id",
                "TRUNCATE tasks",
                "SELECT id FROM tasks) WHERE user_id = :user_id",
            })
    void findsWhatDoesNotNameTheUser(String sql) {
        assertThat(SqlScope.faults(sql)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void f() { c.sql(\"SELECT id FROM tasks WHERE user_id = :u\"); }",
                "void f() { c.sql(\"SELECT \" + Neighbour.COLUMNS + \" FROM tasks WHERE user_id = :u\"); }",
                "void f() { c.sql(FIND + \" AND id = :id\"); } static final String FIND = \"SELECT id FROM tasks WHERE user_id = :u\";",
                "void f() { c.sql(\"SELECT %s FROM tasks WHERE user_id = :u %s\".formatted(ALL, more ? \"AND id > 1\" : \"\")); }",
                "void f() { c.sql(page(true)); } String page(boolean up) { return \"SELECT id FROM tasks WHERE user_id = :u\" + (up ? \" ORDER BY id\" : \"\"); }",
                "void f() { var sql = switch (order) { case ID -> \"id\"; default -> \"title\"; }; c.sql(\"SELECT id FROM tasks WHERE user_id = :u ORDER BY \" + sql); }",
                "void f() { c.sql(\"SELECT id FROM tasks WHERE user_id = :u AND id \" + order.beyond() + \" :id\"); }",
                "void f() { c.sql(\"SELECT id FROM tasks WHERE user_id = :u AND (%s) > (:k) ORDER BY %s\".formatted(order.column(), order.column())); }",
            })
    void readsWhatAStorePutsTogether(String member) {
        assertThat(faults(store(member))).isEmpty();
        assertThat(faults(store(member.replace("user_id", "owner")))).isNotEmpty();
        assertThat(faults(store(member.replace("c.sql(", "database.rows(").replace("user_id", "owner"))))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void f(String sql) { c.sql(sql); }",
                "void f() { c.sql(Other.FIND); }",
                "void f() { c.sql(\"SELECT \" + Neighbour.unknown + \" FROM tasks WHERE user_id = :u\"); }",
                "void f() { c.sql(builder.toString()); }",
                "void f() { c.sql(\"SELECT id FROM \" + table + \" WHERE user_id = :u\"); }",
                "void f() { c.rows(\"SELECT id FROM %s WHERE user_id = :u\".formatted(table())); }",
                "void f() { c.rows(head() + \" FROM tasks\"); }",
                "void f() { c.rows(\"SELECT id FROM tasks WHERE user_id = :u AND \" + more()); }",
                "void f() { c.rows(\"SELECT id FROM tasks WHERE user_id = :u AND id \" + order.other() + \" :id\"); }",
                "void f() { c.rows(\"SELECT id FROM tasks WHERE user_id = :u AND id \" + order.column() + \" :id\"); }",
                "void f() { var sql = \"SELECT id FROM tasks\"; sql += \" WHERE user_id = :u\"; c.rows(sql); }",
                "void f() { c.rows(\"SELECT id FROM tasks WHERE user_id = :u AND %-5s\".formatted(1)); }",
            })
    void refusesWhatCannotBeRead(String member) {
        assertThat(faults(store(member))).isNotEmpty();
    }

    private static String oneLine(String sql) {
        return sql.replaceAll("\\s+", " ");
    }

    private static List<String> faults(String source) {
        return StoreSource.statements(source, List.of(NEIGHBOUR)).stream()
                .flatMap(sql -> SqlScope.faults(sql).stream())
                .toList();
    }

    private static String store(String member) {
        return "class TaskStore { static final String ALL = \"\"\"\n    id,\n    title\"\"\"; " + member + " }";
    }
}
