package dev.todo.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client of the Todo API. It may be shared by all threads, and is closed once, when nobody needs it any more.
 *
 * <pre>{@code
 * try (TodoClient client = TodoClient.builder()
 *         .baseUrl("https://todo.example")
 *         .credentials(Credentials.password("alice@example.com", "correct horse battery staple"))
 *         .build()) {
 *     Task task = client.tasks().create(TaskDraft.titled("Pay the rent").due(LocalDate.of(2026, 12, 1)).tags("home"));
 *     for (Task each : client.tasks().list(TaskQuery.pending().tag("home").sort("-due_at"))) {
 *         System.out.println(each.title());
 *     }
 * }
 * }</pre>
 */
public final class TodoClient implements AutoCloseable {
    private final AsyncTodoClient async;

    TodoClient(AsyncTodoClient async) {
        this.async = async;
    }

    /** Begins a client, synchronous or not. */
    public static Builder builder() {
        return new Builder();
    }

    /** The tasks. */
    public Tasks tasks() {
        return new Tasks(async.tasks());
    }

    /** The tags. */
    public Tags tags() {
        return new Tags(async.tags());
    }

    /** What has been deleted. */
    public Trash trash() {
        return new Trash(async.trash());
    }

    /** The account, and its sessions. */
    public Accounts account() {
        return new Accounts(async.account());
    }

    /** What the server says of itself. */
    public Server server() {
        return new Server(async.server());
    }

    /**
     * The same client with something different for its calls, besides what was different already. Both are closed with
     * either.
     */
    public TodoClient with(CallOptions options) {
        return new TodoClient(async.with(options));
    }

    /** The same client for calls that are not waited for. Both are closed with either. */
    public AsyncTodoClient async() {
        return async;
    }

    /** What a call answers, with what HTTP says besides: status, headers, entity tag, rate limits. */
    public <T extends @Nullable Object> Answer<T> answer(Function<TodoClient, T> call) {
        AtomicReference<@Nullable Answer<?>> last = new AtomicReference<>();
        T value = call.apply(with(CallOptions.defaults().onAnswer(last::set)));
        return AsyncTodoClient.answer(last.get(), value);
    }

    /**
     * Ends what is under way, and releases threads and connections. Before JDK 21 the default transport cannot be closed:
     * its connections and its selector's thread go with the next garbage collections. Who opens many clients there gives
     * them one {@link Transport#of}.
     */
    @Override
    public void close() {
        async.close();
    }

    /** What a client is to be. Only the base URL must be given. */
    public static final class Builder {
        private @Nullable URI base;
        private final List<String> appInfo = new ArrayList<>();
        Credentials credentials = Credentials.none();

        @Nullable
        Transport transport;

        Retries retries = Retries.standard();
        Duration timeout = Duration.ofSeconds(60);
        Duration attemptTimeout = Duration.ofSeconds(30);
        Duration connectTimeout = Duration.ofSeconds(10);
        final List<CallObserver> observers = new ArrayList<>();

        private Builder() {}

        /** Where the server is, such as {@code https://todo.example}; a path may follow, a query may not. */
        public Builder baseUrl(String url) {
            URI uri = URI.create(Objects.requireNonNull(url, "baseUrl"));
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (!web
                    || uri.getHost() == null
                    || uri.getPort() > 65_535
                    || uri.getRawQuery() != null
                    || uri.getRawFragment() != null
                    || uri.getRawUserInfo() != null) {
                throw new IllegalArgumentException(
                        "the base URL must be like https://todo.example:8443, with a valid host name (no underscore) and"
                                + " port, and without user, query and fragment");
            }
            base = uri;
            return this;
        }

        /** How it gets its access tokens; none unless given. */
        public Builder credentials(Credentials source) {
            credentials = Objects.requireNonNull(source, "credentials");
            return this;
        }

        /** For how long a call may take with all its attempts and waits; 60 seconds unless given. */
        public Builder timeout(Duration whole) {
            timeout = CallOptions.positive(whole);
            return this;
        }

        /** For how long an attempt may take, up to the end of its answer; 30 seconds unless given. */
        public Builder attemptTimeout(Duration each) {
            attemptTimeout = CallOptions.positive(each);
            return this;
        }

        /** For how long connecting may take; 10 seconds unless given. It means nothing to a transport of your own. */
        public Builder connectTimeout(Duration connecting) {
            connectTimeout = CallOptions.positive(connecting);
            return this;
        }

        /** How failed attempts are repeated; {@link Retries#standard} unless given. */
        public Builder retries(Retries policy) {
            retries = Objects.requireNonNull(policy, "retries");
            return this;
        }

        /** What sends the requests; a {@link java.net.http.HttpClient} of its own unless given. */
        public Builder transport(Transport other) {
            transport = Objects.requireNonNull(other, "transport");
            return this;
        }

        /** Who sees each call; may be given several times. */
        public Builder observer(CallObserver observer) {
            observers.add(Objects.requireNonNull(observer, "observer"));
            return this;
        }

        /** The name and the version of the program, which the server finds in {@code User-Agent}. */
        public Builder appInfo(String name, String version) {
            String product = name + "/" + version;
            if (!product.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+/[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
                throw new IllegalArgumentException("a name and a version have neither spaces nor slashes");
            }
            appInfo.add(product);
            return this;
        }

        /** A client whose calls wait for their answers. */
        public TodoClient build() {
            return new TodoClient(buildAsync());
        }

        /** A client whose calls do not wait. */
        public AsyncTodoClient buildAsync() {
            return new AsyncTodoClient(new Engine(this), CallOptions.defaults());
        }

        URI base() {
            if (base == null) {
                throw new IllegalStateException("a client needs a baseUrl");
            }
            return base;
        }

        String userAgent() {
            String platform = "Java/" + Runtime.version().feature();
            return String.join(" ", "todo-client-java/" + version(), platform, String.join(" ", appInfo))
                    .strip();
        }

        private static String version() {
            try (InputStream version = TodoClient.class.getResourceAsStream("version.txt")) {
                return version == null ? "unknown" : new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
            } catch (IOException e) {
                return "unknown";
            }
        }
    }
}
