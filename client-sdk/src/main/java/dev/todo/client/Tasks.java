package dev.todo.client;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of the user.
 *
 * <pre>{@code
 * Task rent = todo.tasks().create(TaskDraft.titled("Pay the rent").due(LocalDate.of(2026, 12, 1)).every("FREQ=MONTHLY"));
 * todo.tasks().modify(rent.id(), task -> TaskPatch.change().title(task.title() + "!"));
 * todo.tasks().complete(rent.id());
 * }</pre>
 */
public final class Tasks {
    private final AsyncTasks async;

    Tasks(AsyncTasks async) {
        this.async = async;
    }

    /** All tasks that a query lets pass, page by page. */
    public Listing<Task> list(TaskQuery query) {
        return new Listing<>(async.list(query));
    }

    /** Creates a task. */
    public Task create(TaskDraft draft) {
        return Waiting.await(() -> async.create(draft));
    }

    /** The task with this id. */
    public Task get(long id) {
        return Waiting.await(() -> async.get(id));
    }

    /** The task as it is now; empty while nothing of it has changed. */
    public Optional<Task> getIfChanged(Task known) {
        return Waiting.await(() -> async.getIfChanged(known));
    }

    /**
     * Changes a part of this version of a task. Fails with {@link PreconditionFailedException} if somebody was faster.
     */
    public Task update(Task task, TaskPatch patch) {
        return Waiting.await(() -> async.update(task, patch));
    }

    /** Changes a part of a task, whatever its version is. */
    public Task update(long id, TaskPatch patch) {
        return Waiting.await(() -> async.update(id, patch));
    }

    /**
     * Changes a task by what it is now: reads it, asks for the change, and begins again when somebody was faster, for
     * as long as a call may take. An empty change sends nothing.
     */
    public Task modify(long id, Function<Task, TaskPatch> change) {
        return Waiting.await(() -> async.modify(id, change));
    }

    /** Makes all of this version of a task anew: what the draft does not say is none of it. */
    public Task replace(Task task, TaskDraft draft) {
        return Waiting.await(() -> async.replace(task, draft));
    }

    /** Makes all of a task anew, whatever its version is. */
    public Task replace(long id, TaskDraft draft) {
        return Waiting.await(() -> async.replace(id, draft));
    }

    /** Moves a task to the trash, whatever its version is. */
    public void delete(long id) {
        Waiting.await(() -> async.delete(id));
    }

    /** Moves this version of a task to the trash. */
    public void delete(Task task) {
        Waiting.await(() -> async.delete(task));
    }

    /** Completes a task; where it repeats, the next occurrence is made. */
    public Task complete(long id) {
        return Waiting.await(() -> async.complete(id));
    }

    /** Completes this version of a task. Fails with {@link PreconditionFailedException} if somebody was faster. */
    public Task complete(Task task) {
        return Waiting.await(() -> async.complete(task));
    }

    /** Opens a completed task again. */
    public Task reopen(long id) {
        return Waiting.await(() -> async.reopen(id));
    }

    /**
     * Opens this version of a completed task again. Fails with {@link PreconditionFailedException} if somebody was
     * faster.
     */
    public Task reopen(Task task) {
        return Waiting.await(() -> async.reopen(task));
    }

    /** Moves a task that repeats to its next date. */
    public Task skip(long id) {
        return Waiting.await(() -> async.skip(id));
    }

    /**
     * Moves this version of a task that repeats to its next date. Fails with {@link PreconditionFailedException} if
     * somebody was faster.
     */
    public Task skip(Task task) {
        return Waiting.await(() -> async.skip(task));
    }

    /** All occurrences of a task that repeats, page by page. */
    public Listing<Task> occurrences(long id) {
        return new Listing<>(async.occurrences(id));
    }

    /** The same with so many on each page, 1 to 200; null for as many as the server likes. */
    public Listing<Task> occurrences(long id, @Nullable Integer pageSize) {
        return new Listing<>(async.occurrences(id, pageSize));
    }

    /** Completes many tasks at once. */
    public BulkResult completeAll(TaskSelection selection) {
        return Waiting.await(() -> async.completeAll(selection));
    }

    /** Opens many tasks again at once. */
    public BulkResult reopenAll(TaskSelection selection) {
        return Waiting.await(() -> async.reopenAll(selection));
    }

    /** Changes tags and priorities of many tasks at once. */
    public BulkResult updateAll(TaskSelection selection, BulkChange change) {
        return Waiting.await(() -> async.updateAll(selection, change));
    }

    /** Moves many tasks to the trash at once. */
    public BulkResult deleteAll(TaskSelection selection) {
        return Waiting.await(() -> async.deleteAll(selection));
    }

    /** What all tasks add up to. */
    public TaskStats stats() {
        return Waiting.await(() -> async.stats());
    }

    /** Writes all tasks to a file, which is there, or replaced, once it is whole. */
    public Path exportTo(Path file, TaskFormat format) {
        return Waiting.await(() -> async.exportTo(file, format));
    }

    /** All tasks as a stream, which its reader must close. The time-outs end with the headers: reading has none. */
    public InputStream export(TaskFormat format) {
        return Waiting.await(() -> async.export(format));
    }

    /** Makes tasks of a file: all of them, or none if anything is wrong with it. */
    public ImportReport importFrom(Path file, TaskFormat format) {
        return Waiting.await(() -> async.importFrom(file, format));
    }

    /** Makes tasks of whatever is good in a file. */
    public ImportReport importWhatIsGood(Path file, TaskFormat format) {
        return Waiting.await(() -> async.importWhatIsGood(file, format));
    }
}
