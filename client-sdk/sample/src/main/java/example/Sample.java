package example;

import dev.todo.client.Answer;
import dev.todo.client.Credentials;
import dev.todo.client.FieldError;
import dev.todo.client.InvalidContentException;
import dev.todo.client.NotFoundException;
import dev.todo.client.Page;
import dev.todo.client.Priority;
import dev.todo.client.RateLimit;
import dev.todo.client.SignedIn;
import dev.todo.client.Task;
import dev.todo.client.TaskDraft;
import dev.todo.client.TaskFormat;
import dev.todo.client.TaskPatch;
import dev.todo.client.TaskQuery;
import dev.todo.client.TodoClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A new user's first minutes. The server is at {@code TODO_URL}, or at {@code http://localhost:8080}. */
public final class Sample {
    private final TodoClient todo;

    private Sample(TodoClient todo) {
        this.todo = todo;
    }

    public static void main(String[] arguments) throws IOException {
        String url = System.getenv().getOrDefault("TODO_URL", "http://localhost:8080");
        String email = "sample-" + UUID.randomUUID() + "@example.com";
        String password = "a password of " + UUID.randomUUID();

        try (TodoClient visitor = TodoClient.builder().baseUrl(url).build()) {
            SignedIn user = visitor.account().register(email, password, "Sample");
            System.out.println("Registered: " + user.account().name());
        }
        try (TodoClient todo = TodoClient.builder()
                .baseUrl(url)
                .credentials(Credentials.password(email, password))
                .appInfo("todo-sample", "1.0")
                .build()) {
            Sample sample = new Sample(todo);
            sample.createTasks();
            sample.listThemPageByPage();
            sample.changeAndComplete();
            sample.meetErrors();
            sample.lookAtTheAnswer();
            sample.askWithoutWaiting();
            sample.export();
            todo.account().delete(password);
        }
        System.out.println("Done.");
    }

    private void createTasks() {
        LocalDate tomorrow = LocalDate.now().plusDays(1);
        Task plants = todo.tasks()
                .create(TaskDraft.titled("Water the plants")
                        .due(tomorrow)
                        .every("FREQ=WEEKLY")
                        .tags("home"));
        System.out.println("Repeats: " + plants.recurrence());
        for (String title : new String[] {"Pay the rent", "Call Bob", "Mend the door", "Sweep the yard"}) {
            todo.tasks().create(TaskDraft.titled(title).tags("home").priority(Priority.LOW));
        }
        todo.tasks().create(TaskDraft.titled("Write the report").tags("work"));
    }

    private void listThemPageByPage() {
        TaskQuery query =
                TaskQuery.pending().tag("home").sort("-priority", "title").pageSize(2);
        int number = 0;
        for (Page<Task> page : todo.tasks().list(query).pages()) {
            number++;
            for (Task task : page.items()) {
                System.out.println("Page " + number + ": " + task.title());
            }
        }
    }

    private void changeAndComplete() {
        Task rent =
                todo.tasks().list(TaskQuery.pending().words("rent")).iterator().next();
        Task changed = todo.tasks().modify(rent.id(), task -> TaskPatch.change().title(task.title() + "!"));
        System.out.println("Changed: " + changed.title());

        Task plants = todo.tasks()
                .list(TaskQuery.pending().recurring(true))
                .iterator()
                .next();
        Task done = todo.tasks().complete(plants.id());
        Long next = done.nextOccurrenceId();
        if (next == null) {
            throw new IllegalStateException("a task that repeats has a next occurrence");
        }
        System.out.println("Completed: " + done.title() + "; next in "
                + plants.dueDate().until(todo.tasks().get(next).dueDate()).getDays() + " days");
    }

    private void meetErrors() {
        Task mistake = todo.tasks().create(TaskDraft.titled("Pay the rent twice"));
        todo.tasks().delete(mistake);
        try {
            todo.tasks().complete(mistake.id());
            throw new IllegalStateException("a deleted task cannot be completed");
        } catch (NotFoundException missing) {
            System.out.println("Not found: " + missing.code());
        }
        try {
            todo.tasks().create(TaskDraft.titled(" "));
            throw new IllegalStateException("a task needs a title");
        } catch (InvalidContentException refused) {
            for (FieldError error : refused.errors()) {
                System.out.println("Refused: " + error.pointer() + " " + error.message());
            }
        }
    }

    private void lookAtTheAnswer() {
        Answer<Task> answer = todo.answer(client -> client.tasks().create(TaskDraft.titled("Read the headers")));
        System.out.println("Answered: " + answer.status() + " " + answer.etag().orElse("without a tag"));
        for (RateLimit limit : answer.rateLimits()) {
            System.out.println("Limit: " + limit.name() + ", " + limit.quota() + " in " + limit.window()
                    + (limit.remaining() > 0 ? ", some left" : ", none left"));
        }
    }

    private void askWithoutWaiting() {
        CompletableFuture<Integer> pending = todo.async().tasks().stats().thenApply(stats -> stats.pending());
        CompletableFuture<Integer> tags = todo.async().tags().list().toList().thenApply(list -> list.size());
        System.out.println(pending.thenCombine(tags, (open, names) -> "Open: " + open + ", tags: " + names)
                .join());
    }

    private void export() throws IOException {
        Path folder = Files.createTempDirectory("todo-sample");
        Path file = folder.resolve("tasks.ndjson");
        try {
            todo.tasks().exportTo(file, TaskFormat.JSON_LINES);
            System.out.println("Exported: " + Files.readAllLines(file).size() + " lines");
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }
}
