package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.todo.database.Connections;
import dev.todo.database.SideDoor;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;

/** One user's changes wait as long as they must, and nobody else has to wait with them. */
class BusyNeighbourTest extends ServerTest {
    @Autowired
    private BeanFactory beans;

    @Autowired
    private Connections connections;

    @Test
    void whileManyChangesWaitForOneTaskOthersReadTheirs() throws SQLException {
        String id = createTask("Rent").get("id").asString();
        WebTestClient stranger = as("stranger-" + UUID.randomUUID());
        CompletableFuture<List<Integer>> changes;
        try (Connection side = SideDoor.open(beans);
                Statement lock = side.createStatement()) {
            side.setAutoCommit(false);
            lock.execute("select from tasks where id = " + id + " for update");
            changes = CompletableFuture.supplyAsync(() -> AtOnce.run(
                    2 * connections.most(), i -> status(http.patch().uri(tasks() + "/" + id + "/complete"))));
            await().pollInterval(Duration.ofMillis(10)).until(() -> connections.waitedFor() > 0);
            await().until(() -> connections.inUse() == connections.most() - 1);
            for (String uri : List.of("/api/me/tasks", "/health", "/health/ready")) {
                assertThat(status(stranger.get().uri(uri))).isEqualTo(200);
            }
            getJson(tasks() + "/" + id);
            side.rollback();
        }
        // 503 where the request has waited too long.
        assertThat(changes.join()).isSubsetOf(200, 503);
        assertThat(status(http.patch().uri(tasks() + "/" + id + "/complete"))).isEqualTo(200);
    }

    private static int status(WebTestClient.RequestHeadersSpec<?> request) {
        return request.exchange().expectBody().returnResult().getStatus().value();
    }
}
