package dev.todo.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.ServerTest;
import dev.todo.database.SideDoor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** What has been in the trash for long is purged, by however many servers at once. */
class TrashCleaningTest extends ServerTest {
    @Autowired
    private BeanFactory beans;

    @Autowired
    private TrashStore store;

    @Test
    void whatIsOldEndsOnWhateverServer() throws SQLException {
        List<Long> ids = IntStream.range(0, 3)
                .mapToObj(i -> createTask("Task " + i))
                .map(task -> task.path("id").asLong())
                .toList();
        ids.forEach(id ->
                http.delete().uri(tasks() + "/" + id).exchange().expectStatus().isNoContent());
        try (Connection side = SideDoor.open(beans);
                var sql = side.createStatement()) {
            sql.execute(
                    "update trash set deleted_at = deleted_at - interval '30 days' where user_id = '%s' and id <> %d"
                            .formatted(user, ids.get(0)));
            side.setAutoCommit(false);
            sql.execute("select 1 from trash where user_id = '%s' and id = %d for update".formatted(user, ids.get(1)));

            // What another server has in hand is left to it.
            purge();
            assertThat(trashed()).containsExactlyInAnyOrder(ids.get(0), ids.get(1));
            side.commit();
            purge();
            assertThat(trashed()).containsExactly(ids.get(0));
        }
    }

    private void purge() {
        store.purgeOlder(Instant.now().minus(Duration.ofDays(30)), 5000).block();
    }

    private List<Long> trashed() {
        List<Long> ids = new ArrayList<>();
        getJson("/api/me/trash")
                .path("items")
                .forEach(item -> ids.add(item.at("/task/id").asLong()));
        return ids;
    }
}
