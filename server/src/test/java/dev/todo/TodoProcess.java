package dev.todo;

import dev.todo.client.Credentials;
import dev.todo.client.TodoClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The packaged server as a process of its own, started as an operator would. */
final class TodoProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target", "todo-server.jar").toAbsolutePath();
    private static final Pattern ANSWERS = Pattern.compile("answers at (http://localhost:\\d+)");
    private static final HttpClient HTTP = ContractCheck.EVERY_ANSWER.checked(HttpClient.newHttpClient());

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final CompletableFuture<URI> address = new CompletableFuture<>();
    private final CompletableFuture<List<String>> output;

    private TodoProcess(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        // Most live for seconds, in which the slower compiler only takes the time of the others.
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PORT", "0", "MANAGEMENT_PORT", "0"));
        builder.environment().put("TODO_DATA_DIR", folder.resolve("data").toString());
        builder.environment().putAll(environment);
        process = builder.start();
        // A thread of its own: on two cores, JDK 25's common pool has one thread, and a server holds it for life.
        output = CompletableFuture.supplyAsync(this::read, task -> new Thread(task, "todo-output").start());
    }

    static TodoProcess start(Path folder, Map<String, String> environment) throws IOException {
        return new TodoProcess(folder, environment);
    }

    /** What a command prints, errors included, and its exit code as the last line. */
    static List<String> run(Path folder, Map<String, String> environment, String... arguments) throws Exception {
        try (TodoProcess todo = new TodoProcess(folder, environment, arguments)) {
            List<String> printed = new ArrayList<>(todo.output.get(60, TimeUnit.SECONDS));
            printed.add("exit " + todo.process.waitFor());
            return printed;
        }
    }

    private List<String> read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(this::note);
        } catch (UncheckedIOException | IOException ended) {
            // A killed process leaves its pipe broken.
        }
        address.completeExceptionally(new AssertionError("The server did not start:\n" + String.join("\n", lines)));
        return lines();
    }

    private void note(String line) {
        synchronized (lines) {
            lines.add(line);
        }
        Matcher matcher = ANSWERS.matcher(line);
        if (matcher.find()) {
            address.complete(URI.create(matcher.group(1)));
        }
    }

    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    HttpResponse<String> get(String path, String token) throws Exception {
        return send(request(path, token));
    }

    /** Our own client, whose users come from elsewhere. */
    TodoClient client(Callable<String> tokens) throws Exception {
        return TodoClient.builder()
                .baseUrl(uri("/").toString())
                .credentials(Credentials.supplier(() -> {
                    try {
                        return tokens.call();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .build();
    }

    HttpResponse<String> post(String path, @Nullable String token, String json) throws Exception {
        HttpRequest.Builder request = request(path, token).POST(HttpRequest.BodyPublishers.ofString(json));
        return send(json.isEmpty() ? request : request.header("Content-Type", "application/json"));
    }

    private HttpRequest.Builder request(String path, @Nullable String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    URI uri(String path) throws Exception {
        return address.get(60, TimeUnit.SECONDS).resolve(path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    void awaitStart() throws Exception {
        address.get(60, TimeUnit.SECONDS);
    }

    /** As Ctrl-C does. Process.destroy() would close the pipe at once, and the last lines would be lost. */
    void askToStop() {
        process.toHandle().destroy();
    }

    /** As {@code kill -9} does: no time to say goodbye. */
    void kill() throws Exception {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("The server did not stop when asked to.");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while the server stops", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
