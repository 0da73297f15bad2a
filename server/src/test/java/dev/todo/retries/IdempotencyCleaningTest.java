package dev.todo.retries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.ServerTest;
import dev.todo.database.SideDoor;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** What has expired is deleted, by however many servers at once. */
class IdempotencyCleaningTest extends ServerTest {
    @Autowired
    private BeanFactory beans;

    @Autowired
    private AnswerStore store;

    private Connection side;
    private Statement sql;

    @BeforeEach
    void fill() throws SQLException {
        side = SideDoor.open(beans);
        sql = side.createStatement();
        createTask("So that there is an account");
        sql.execute("""
                insert into idempotency_keys (user_id, key, digest, expires_at)
                select '%s', key, '', now() + age::interval
                from (values ('old', '-1 s'), ('older', '-1 day'), ('young', '1 min')) keys (key, age)
                """.formatted(user));
    }

    @AfterEach
    void close() throws SQLException {
        side.close();
    }

    @Test
    void whatHasExpiredIsDeleted() throws SQLException {
        clean();
        assertThat(keys()).containsExactly("young");
    }

    @Test
    void whatSomebodyElseHoldsIsNotWaitedFor() throws SQLException {
        side.setAutoCommit(false);
        sql.execute("select 1 from idempotency_keys where user_id = '%s' and key = 'old' for update".formatted(user));
        clean();
        assertThat(keys()).containsExactly("old", "young");
        side.commit();
        clean();
        assertThat(keys()).containsExactly("young");
    }

    private void clean() {
        store.deleteExpired(Instant.now()).block();
    }

    private List<String> keys() throws SQLException {
        List<String> keys = new ArrayList<>();
        try (var rows = sql.executeQuery(
                "select key from idempotency_keys where user_id = '%s' order by key".formatted(user))) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        }
        return keys;
    }
}
