package dev.todo.client;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is different for some calls.
 *
 * <pre>{@code
 * Task rent = todo.with(CallOptions.defaults().idempotencyKey("rent-of-may").timeout(Duration.ofSeconds(5)))
 *         .tasks()
 *         .create(TaskDraft.titled("Pay the rent"));
 * }</pre>
 */
public final class CallOptions {
    private static final CallOptions DEFAULTS = new CallOptions(Map.of(), null, null, null, null, null);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Set<String> OURS = Set.of(
            "authorization", "accept", "content-type", "if-match", "if-none-match", "idempotency-key", "user-agent");

    private final Map<String, String> headers;
    private final @Nullable Duration timeout;
    private final @Nullable Duration attemptTimeout;
    private final @Nullable String idempotencyKey;
    private final @Nullable Retries retries;
    private final @Nullable Consumer<Answer<?>> onAnswer;

    private CallOptions(
            Map<String, String> headers,
            @Nullable Duration timeout,
            @Nullable Duration attemptTimeout,
            @Nullable String idempotencyKey,
            @Nullable Retries retries,
            @Nullable Consumer<Answer<?>> onAnswer) {
        this.headers = headers;
        this.timeout = timeout;
        this.attemptTimeout = attemptTimeout;
        this.idempotencyKey = idempotencyKey;
        this.retries = retries;
        this.onAnswer = onAnswer;
    }

    /** Nothing different. */
    public static CallOptions defaults() {
        return DEFAULTS;
    }

    /** With a header of your own, such as {@code X-Request-Id}. Those that the client sets itself are refused. */
    public CallOptions header(String name, String value) {
        checkFree(name);
        HttpRequest.newBuilder().header(name, value); // refuses what cannot be sent
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return new CallOptions(more, timeout, attemptTimeout, idempotencyKey, retries, onAnswer);
    }

    /** With another time-out for the whole call, its repetitions and waits included. */
    public CallOptions timeout(Duration whole) {
        return new CallOptions(headers, positive(whole), attemptTimeout, idempotencyKey, retries, onAnswer);
    }

    /** With another time-out for each attempt. */
    public CallOptions attemptTimeout(Duration each) {
        return new CallOptions(headers, timeout, positive(each), idempotencyKey, retries, onAnswer);
    }

    /**
     * With an idempotency key of your own, where a thing must be done once although the program may be started anew
     * meanwhile. Each key is for one call; without one, every call has a key of its own.
     */
    public CallOptions idempotencyKey(String key) {
        if (!key.matches("[!-~]{1,255}")) {
            throw new IllegalArgumentException("an idempotency key has 1 to 255 visible ASCII characters");
        }
        return new CallOptions(headers, timeout, attemptTimeout, key, retries, onAnswer);
    }

    /** With other repetitions. */
    public CallOptions retries(Retries other) {
        return new CallOptions(headers, timeout, attemptTimeout, idempotencyKey, other, onAnswer);
    }

    /** What is said here and, where nothing is, what was said before. */
    CallOptions over(CallOptions before) {
        Map<String, String> both = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        both.putAll(before.headers);
        both.putAll(headers);
        return new CallOptions(
                both,
                timeout == null ? before.timeout : timeout,
                attemptTimeout == null ? before.attemptTimeout : attemptTimeout,
                idempotencyKey == null ? before.idempotencyKey : idempotencyKey,
                retries == null ? before.retries : retries,
                onAnswer == null ? before.onAnswer : onAnswer);
    }

    /** Some headers are the call's own. */
    static void checkFree(String header) {
        if (OURS.contains(header.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("the client sets the header " + header + " itself");
        }
    }

    CallOptions onAnswer(Consumer<Answer<?>> listener) {
        return new CallOptions(headers, timeout, attemptTimeout, idempotencyKey, retries, listener);
    }

    Map<String, String> headers() {
        return headers;
    }

    Duration timeoutOr(Duration standard) {
        return timeout == null ? standard : timeout;
    }

    Duration attemptTimeoutOr(Duration standard) {
        return attemptTimeout == null ? standard : attemptTimeout;
    }

    /** The key of one call, the same for all its attempts. */
    String newKey() {
        return idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey;
    }

    Retries retriesOr(Retries standard) {
        return retries == null ? standard : retries;
    }

    void answered(Answer<?> answer) {
        if (onAnswer != null) {
            onAnswer.accept(answer);
        }
    }

    static Duration positive(Duration duration) {
        if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a time-out is longer than nothing, and a year at most");
        }
        return duration;
    }
}
