package dev.todo.client;

import dev.todo.client.generated.BulkOperations;
import dev.todo.client.generated.InsightsOperations;
import dev.todo.client.generated.TasksOperations;
import dev.todo.client.generated.TransferOperations;
import dev.todo.client.generated.model.BulkResultJson;
import dev.todo.client.generated.model.ImportReportJson;
import dev.todo.client.generated.model.OnErrorJson;
import dev.todo.client.generated.model.TaskJson;
import dev.todo.client.generated.model.TaskPageJson;
import dev.todo.client.wire.Operation;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of the user, as {@link Tasks}, without waiting.
 *
 * <pre>{@code
 * todo.async().tasks().create(TaskDraft.titled("Pay the rent")).thenAccept(task -> System.out.println(task.id()));
 * }</pre>
 */
public final class AsyncTasks {
    private static final int MOST_ROUNDS = 100;

    private final Engine engine;
    private final CallOptions options;

    AsyncTasks(Engine engine, CallOptions options) {
        this.engine = engine;
        this.options = options;
    }

    /** All tasks that a query lets pass, page by page. */
    public AsyncListing<Task> list(TaskQuery query) {
        return new AsyncListing<>(cursor -> page(query.page(cursor)));
    }

    /** Creates a task. */
    public CompletableFuture<Task> create(TaskDraft draft) {
        return task(TasksOperations.createTask("me", draft.json, options.newKey()));
    }

    /** The task with this id. */
    public CompletableFuture<Task> get(long id) {
        return task(TasksOperations.getTask("me", id, null));
    }

    /** The task as it is now; empty while nothing of it has changed. */
    public CompletableFuture<Optional<Task>> getIfChanged(Task known) {
        return engine.send(TasksOperations.getTask("me", known.id(), known.etag()), options)
                .thenApply(answer -> Optional.ofNullable(answer.value()).map(Task::new));
    }

    /**
     * Changes a part of this version of a task. Fails with {@link PreconditionFailedException} if somebody was faster.
     */
    public CompletableFuture<Task> update(Task task, TaskPatch patch) {
        return task(TasksOperations.updateTask("me", task.id(), patch.json, task.etag()));
    }

    /** Changes a part of a task, whatever its version is. */
    public CompletableFuture<Task> update(long id, TaskPatch patch) {
        return task(TasksOperations.updateTask("me", id, patch.json, null));
    }

    /**
     * Changes a task by what it is now: reads it, asks for the change, and begins again when somebody was faster, for
     * as long as a call may take. An empty change sends nothing.
     */
    public CompletableFuture<Task> modify(long id, Function<Task, TaskPatch> change) {
        return modify(id, change, 1, System.nanoTime() + engine.timeout(options).toNanos());
    }

    /** Makes all of this version of a task anew: what the draft does not say is none of it. */
    public CompletableFuture<Task> replace(Task task, TaskDraft draft) {
        return task(TasksOperations.replaceTask("me", task.id(), draft.replacement(), task.etag()));
    }

    /** Makes all of a task anew, whatever its version is. */
    public CompletableFuture<Task> replace(long id, TaskDraft draft) {
        return task(TasksOperations.replaceTask("me", id, draft.replacement(), null));
    }

    /** Moves a task to the trash, whatever its version is. */
    public CompletableFuture<@Nullable Void> delete(long id) {
        return engine.send(TasksOperations.deleteTask("me", id, null), options).thenApply(answer -> null);
    }

    /** Moves this version of a task to the trash. */
    public CompletableFuture<@Nullable Void> delete(Task task) {
        return engine.send(TasksOperations.deleteTask("me", task.id(), task.etag()), options)
                .thenApply(answer -> null);
    }

    /** Completes a task; where it repeats, the next occurrence is made. */
    public CompletableFuture<Task> complete(long id) {
        return task(TasksOperations.completeTask("me", id, null));
    }

    /** Completes this version of a task. Fails with {@link PreconditionFailedException} if somebody was faster. */
    public CompletableFuture<Task> complete(Task task) {
        return task(TasksOperations.completeTask("me", task.id(), task.etag()));
    }

    /** Opens a completed task again. */
    public CompletableFuture<Task> reopen(long id) {
        return task(TasksOperations.reopenTask("me", id, null));
    }

    /**
     * Opens this version of a completed task again. Fails with {@link PreconditionFailedException} if somebody was
     * faster.
     */
    public CompletableFuture<Task> reopen(Task task) {
        return task(TasksOperations.reopenTask("me", task.id(), task.etag()));
    }

    /** Moves a task that repeats to its next date. */
    public CompletableFuture<Task> skip(long id) {
        return task(TasksOperations.skipOccurrence("me", id, null, options.newKey()));
    }

    /**
     * Moves this version of a task that repeats to its next date. Fails with {@link PreconditionFailedException} if
     * somebody was faster.
     */
    public CompletableFuture<Task> skip(Task task) {
        return task(TasksOperations.skipOccurrence("me", task.id(), task.etag(), options.newKey()));
    }

    /** All occurrences of a task that repeats, page by page. */
    public AsyncListing<Task> occurrences(long id) {
        return occurrences(id, null);
    }

    /** The same with so many on each page, 1 to 200; null for as many as the server likes. */
    public AsyncListing<Task> occurrences(long id, @Nullable Integer pageSize) {
        return new AsyncListing<>(cursor -> page(TasksOperations.listOccurrences("me", id, pageSize, cursor)));
    }

    /** Completes many tasks at once. */
    public CompletableFuture<BulkResult> completeAll(TaskSelection selection) {
        return bulk(BulkOperations.completeTasks("me", selection.json, options.newKey()));
    }

    /** Opens many tasks again at once. */
    public CompletableFuture<BulkResult> reopenAll(TaskSelection selection) {
        return bulk(BulkOperations.reopenTasks("me", selection.json, options.newKey()));
    }

    /** Changes tags and priorities of many tasks at once. */
    public CompletableFuture<BulkResult> updateAll(TaskSelection selection, BulkChange change) {
        return bulk(BulkOperations.updateTasks("me", change.of(selection), options.newKey()));
    }

    /** Moves many tasks to the trash at once. */
    public CompletableFuture<BulkResult> deleteAll(TaskSelection selection) {
        return bulk(BulkOperations.deleteTasks("me", selection.json, options.newKey()));
    }

    /** What all tasks add up to. */
    public CompletableFuture<TaskStats> stats() {
        return engine.send(InsightsOperations.getTaskStats("me"), options)
                .thenApply(answer -> new TaskStats(answer.value()));
    }

    /** Writes all tasks to a file, which is there, or replaced, once it is whole. */
    public CompletableFuture<Path> exportTo(Path file, TaskFormat format) {
        return Transfers.download(
                engine,
                TransferOperations.exportTasks("me").with("Accept", format.accept()),
                options,
                file,
                format.mediaType());
    }

    /** All tasks as a stream, which its reader must close. The time-outs end with the headers: reading has none. */
    public CompletableFuture<InputStream> export(TaskFormat format) {
        return engine.transfer(
                        TransferOperations.exportTasks("me").with("Accept", format.accept()),
                        options,
                        null,
                        Reception.stream(format.mediaType()))
                .thenApply(Answer::value);
    }

    /** Makes tasks of a file: all of them, or none if anything is wrong with it. */
    public CompletableFuture<ImportReport> importFrom(Path file, TaskFormat format) {
        return imported(file, format, OnErrorJson.ABORT);
    }

    /** Makes tasks of whatever is good in a file. */
    public CompletableFuture<ImportReport> importWhatIsGood(Path file, TaskFormat format) {
        return imported(file, format, OnErrorJson.SKIP);
    }

    private CompletableFuture<Page<Task>> page(Operation<TaskPageJson> request) {
        return engine.send(request, options)
                .thenApply(answer -> new Page<>(
                        answer.value().items().stream().map(Task::new).toList(),
                        answer.value().nextCursor()));
    }

    private CompletableFuture<Task> task(Operation<TaskJson> request) {
        return engine.send(request, options).thenApply(answer -> new Task(answer.value()));
    }

    private CompletableFuture<BulkResult> bulk(Operation<BulkResultJson> request) {
        return engine.send(request, options).thenApply(answer -> new BulkResult(answer.value()));
    }

    private CompletableFuture<ImportReport> imported(Path file, TaskFormat format, OnErrorJson onError) {
        Operation<ImportReportJson> request = TransferOperations.importTasks("me", file, onError, options.newKey())
                .with("Content-Type", format.mediaType());
        return Transfers.upload(engine, request, options, file).thenApply(answer -> new ImportReport(answer.value()));
    }

    private Call<Task> modify(long id, Function<Task, TaskPatch> change, int round, long end) {
        return Call.chain(get(id), task -> {
            TaskPatch patch = change.apply(task);
            return patch.isEmpty()
                    ? CompletableFuture.completedFuture(task)
                    : Call.recover(update(task, patch), failure -> again(id, patch, change, round, end, failure));
        });
    }

    private CompletableFuture<Task> again(
            long id, TaskPatch patch, Function<Task, TaskPatch> change, int round, long end, Throwable failure) {
        if (!(failure instanceof PreconditionFailedException overtaken)
                || round >= MOST_ROUNDS
                || System.nanoTime() - end >= 0) {
            return CompletableFuture.failedFuture(failure);
        }
        if (!overtaken.outcomeUnknown()) {
            return modify(id, change, round + 1, end);
        }
        // Perhaps it was this very change, by the attempt whose answer was lost: it must not be made twice.
        return Call.chain(
                get(id),
                task -> patch.holdsIn(task)
                        ? CompletableFuture.completedFuture(task)
                        : CompletableFuture.failedFuture(failure));
    }
}
