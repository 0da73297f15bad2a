import com.sun.management.ThreadMXBean;
import dev.todo.client.Credentials;
import dev.todo.client.Task;
import dev.todo.client.TaskDraft;
import dev.todo.client.TodoClient;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What 10,000 calls of getTask cost, one after the other, with the client and with java.net.http and Jackson alone. */
public class CallCost {
    static final int ROUNDS = 20;
    static final int CALLS = 500;
    static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    record PlainTask(
            long id,
            String userId,
            String title,
            String description,
            boolean completed,
            Instant completedAt,
            String priority,
            List<String> tags,
            LocalDate dueDate,
            String dueTime,
            String dueTimeZone,
            Instant dueAt,
            List<Object> reminders,
            String recurrence,
            String recurrenceMode,
            Long seriesId,
            Long nextOccurrenceId,
            Instant createdAt,
            Instant updatedAt,
            long version) {}

    interface Calls {
        long get() throws Exception;
    }

    static class Cost {
        final long[] nanos = new long[ROUNDS];
        long bytes;

        void round(int round, Calls calls) throws Exception {
            long allocated = allocated();
            long begun = System.nanoTime();
            for (int call = 0; call < CALLS; call++) {
                calls.get();
            }
            nanos[round] = System.nanoTime() - begun;
            bytes += allocated() - allocated;
        }

        long total() {
            return LongStream.of(nanos).sum();
        }

        String show(String name) {
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            return String.format(Locale.ROOT, "%-8s %6d ms in all, median %6.1f us and %6d bytes a call%n", name, total() / 1_000_000,
                    sorted[ROUNDS / 2] / 1e3 / CALLS, bytes / (ROUNDS * CALLS));
        }
    }

    static long allocated() {
        return LongStream.of(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())).sum();
    }

    public static void main(String[] arguments) throws Exception {
        String url = System.getenv().getOrDefault("TODO_URL", "http://localhost:8080");
        String token = System.getenv("TOKEN");
        JsonMapper json = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try (TodoClient todo = TodoClient.builder()
                .baseUrl(url)
                .credentials(Credentials.token(token))
                .build()) {
            Task task = todo.tasks().create(TaskDraft.titled("Pay the rent").tags("home").due(LocalDate.of(2126, 12, 1)));
            Calls client = () -> todo.tasks().get(task.id()).version();
            Calls plain = () -> {
                HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/me/tasks/" + task.id()))
                        .header("Authorization", "Bearer " + token)
                        .build();
                HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException(new String(answer.body()));
                }
                return json.readValue(answer.body(), PlainTask.class).version();
            };
            for (int warm = 0; warm < 12; warm++) {
                new Cost().round(0, plain);
                new Cost().round(0, client);
            }
            Cost ofPlain = new Cost();
            Cost ofClient = new Cost();
            for (int round = 0; round < ROUNDS; round++) {
                if (round % 2 == 0) {
                    ofPlain.round(round, plain);
                    ofClient.round(round, client);
                } else {
                    ofClient.round(round, client);
                    ofPlain.round(round, plain);
                }
            }
            System.out.print(ofPlain.show("plain") + ofClient.show("client"));
            double[] ratios = new double[ROUNDS];
            Arrays.setAll(ratios, round -> (double) ofClient.nanos[round] / ofPlain.nanos[round]);
            Arrays.sort(ratios);
            System.out.printf(
                    Locale.ROOT,
                    "client / plain: %.2f in all, %.2f in the median round, %.2f of the bytes%n",
                    (double) ofClient.total() / ofPlain.total(),
                    ratios[ROUNDS / 2],
                    (double) ofClient.bytes / ofPlain.bytes);
        }
    }
}
