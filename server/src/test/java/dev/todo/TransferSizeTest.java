package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.database.Connections;
import io.netty.channel.ChannelOption;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.PrematureCloseException;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;

/** Ten thousand tasks, in and out. */
class TransferSizeTest extends TransferTest {
    private static final int TASKS = 10_000;
    /** Much less than the file. */
    private static final long FEW_BYTES = 20L * 1024 * 1024;

    @Autowired
    private Connections connections;

    @BeforeEach
    void waitAsLongAsItTakes() {
        http = patient(http);
    }

    private static WebTestClient patient(WebTestClient client) {
        return client.mutate().responseTimeout(Duration.ofMinutes(2)).build();
    }

    private static String lines(int count, String description) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> """
                        {"title": "Task %d", "description": "%s", "tags": ["a", "b"], "due_date": "2027-01-01", \
                        "due_time": "09:00", "due_time_zone": "Europe/Berlin", "reminders": [{"minutes_before": 5}]}
                        """.formatted(i, description))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(strings = {JSON_LINES, CALENDAR})
    void tenThousandTasksComeAndGo(String type) {
        imported(http, JSON_LINES, lines(TASKS, "More about it"));
        String file = exported(http, type);
        JsonNode report = imported(patient(as("other-" + user)), type, file);
        assertThat(report.path("imported").asInt()).isEqualTo(TASKS);
        assertThat(kept(tasksOf(as("other-" + user)))).isEqualTo(kept(tasksOf(http)));
    }

    @Test
    void aFileThatCannotBeImportedIsReadToItsEnd() {
        String file = lines(TASKS, "") + "nonsense\n";
        Refused refused = Refused.with(422, "invalid-content", sending(IMPORT, JSON_LINES, file));
        assertThat(errors(refused.problem())).singleElement().asString().startsWith((TASKS + 1) + " - ");
        assertThat(getJson(tasks()).path("items")).isEmpty();
    }

    @Test
    void anExportIsNotHeldInMemory() {
        imported(http, JSON_LINES, lines(12_000, "€".repeat(1000)));
        for (String type : List.of(JSON_LINES, CALENDAR)) {
            isSentWhileItIsRead(type);
            isCutOffWhenNobodyReads(type);
        }
    }

    private void isSentWhileItIsRead(String type) {
        AtomicLong most = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        long before = usedAfterCollection();
        slowly(type, UUID.randomUUID().toString())
                .doOnNext(piece -> bytes.addAndGet(piece.length))
                .window(1000)
                .concatMap(window -> window.then()
                        .doOnSuccess(done -> most.accumulateAndGet(usedAfterCollection() - before, Math::max)))
                .blockLast(Duration.ofMinutes(2));
        assertThat(bytes.get()).isGreaterThan(36_000_000);
        assertThat(most.get()).isLessThan(FEW_BYTES);
    }

    private void isCutOffWhenNobodyReads(String type) {
        String id = UUID.randomUUID().toString();
        try (RequestLines lines = RequestLines.fromNowOn()) {
            StepVerifier.create(slowly(type, id), 1)
                    .expectNextCount(1)
                    .then(() -> lines.of(id))
                    .then(() -> assertThat(connections.inUse()).isZero())
                    .thenRequest(Long.MAX_VALUE)
                    .thenConsumeWhile(piece -> true)
                    .verifyError(PrematureCloseException.class);
        }
    }

    private Flux<byte[]> slowly(String type, String requestId) {
        return HttpClient.newConnection()
                .option(ChannelOption.SO_RCVBUF, 65_536)
                .headers(headers -> headers.set("Authorization", "Bearer " + token(user))
                        .set("Accept", type)
                        .set("X-Request-Id", requestId))
                .get()
                .uri("http://localhost:" + port + "/api/me/export")
                .responseContent()
                .asByteArray();
    }

    private static long usedAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
