package dev.todo.client;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A client and a server that misbehaves. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
abstract class FaultTest {
    /** Repeats at once: what matters is how often, not when. */
    static final Retries SWIFT = Retries.standard().withDelays(Duration.ZERO, Duration.ZERO);

    FaultServer server;
    TodoClient todo;

    @BeforeEach
    void connect() throws IOException {
        server = new FaultServer();
        todo = client().build();
    }

    @AfterEach
    void disconnect() throws IOException {
        todo.close();
        server.close();
    }

    TodoClient.Builder client() {
        return TodoClient.builder().baseUrl(server.url()).retries(SWIFT).credentials(Credentials.token("a-token"));
    }

    /** In place of the client that is there. */
    void use(TodoClient.Builder other) {
        todo.close();
        todo = other.build();
    }

    /** Counts the attempts that have ended. */
    static CallObserver afterEachAttempt(CountDownLatch attempts) {
        return new CallObserver() {
            @Override
            public void received(Attempt attempt, Outcome outcome) {
                attempts.countDown();
            }
        };
    }

    static String task(long id) {
        return task(id, "Pay the rent", 1, "");
    }

    static String task(long id, String title, long version, String more) {
        return """
                {"id": %d, "user_id": "u", "title": "%s", "description": null, "completed": false, \
                "completed_at": null, "priority": "none", "tags": [], "due_date": null, "due_time": null, \
                "due_time_zone": null, "due_at": null, "reminders": [], "recurrence": null, \
                "recurrence_mode": "schedule", "series_id": null, "next_occurrence_id": null, \
                "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", "version": %d%s}""".formatted(id, title, version, more);
    }

    static String page(@Nullable String nextCursor, long... ids) {
        StringBuilder items = new StringBuilder();
        for (long id : ids) {
            items.append(items.isEmpty() ? "" : ",").append(task(id));
        }
        return "{\"items\": [" + items + "], \"next_cursor\": " + (nextCursor == null ? "null" : '"' + nextCursor + '"')
                + "}";
    }

    static String signedIn(String accessToken, String refreshToken, int expiresIn) {
        return """
                {"access_token": "%s", "token_type": "Bearer", "expires_in": %d, "refresh_token": "%s", \
                "user": {"id": "u", "email": "a@example.com", "name": null, "time_zone": "UTC", \
                "has_password": true, "created_at": "2026-01-01T00:00:00Z", \
                "updated_at": "2026-01-01T00:00:00Z"}}""".formatted(accessToken, expiresIn, refreshToken);
    }

    /** How a call failed, which must have. */
    static Throwable failure(CompletableFuture<?> call) {
        try {
            call.orTimeout(60, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            return Failures.cause(e);
        }
        throw new AssertionError("it did not fail");
    }
}
