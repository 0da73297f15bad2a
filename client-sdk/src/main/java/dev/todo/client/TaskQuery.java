package dev.todo.client;

import dev.todo.client.generated.TasksOperations;
import dev.todo.client.generated.model.DueFilterJson;
import dev.todo.client.generated.model.TaskPageJson;
import dev.todo.client.generated.model.TaskSelectionFilterJson;
import dev.todo.client.generated.model.TaskSortJson;
import dev.todo.client.generated.model.TaskStatusFilterJson;
import dev.todo.client.wire.Operation;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks to list, and in which order. All that is said must hold for a task to be listed; of what is said again, the
 * last counts, but {@link #tag tags} add up.
 *
 * <pre>{@code
 * TaskQuery urgent = TaskQuery.pending().priority(Priority.HIGH, Priority.URGENT).tag("home").overdue(true).sort("-due_at");
 * for (Task task : todo.tasks().list(urgent)) {
 *     System.out.println(task.title());
 * }
 * }</pre>
 */
public final class TaskQuery {
    private final TaskSelectionFilterJson filter;
    private final List<String> sort;
    private final @Nullable Integer pageSize;

    private TaskQuery(TaskSelectionFilterJson filter, List<String> sort, @Nullable Integer pageSize) {
        this.filter = filter;
        this.sort = sort;
        this.pageSize = pageSize;
    }

    private static TaskQuery with(TaskStatusFilterJson status) {
        return new TaskQuery(TaskSelectionFilterJson.empty().withStatus(status), List.of(), null);
    }

    private TaskQuery where(TaskSelectionFilterJson narrower) {
        return new TaskQuery(narrower, sort, pageSize);
    }

    /** All tasks. */
    public static TaskQuery all() {
        return with(TaskStatusFilterJson.ALL);
    }

    /** Those that are open. */
    public static TaskQuery pending() {
        return with(TaskStatusFilterJson.PENDING);
    }

    /** Those that are done. */
    public static TaskQuery completed() {
        return with(TaskStatusFilterJson.COMPLETED);
    }

    /** Of one of these priorities. */
    public TaskQuery priority(Priority... priorities) {
        return where(
                filter.withPriority(Stream.of(priorities).map(Priority::json).toList()));
    }

    /** With all of these tags, besides those that were named before. */
    public TaskQuery tag(String... tags) {
        return where(filter.withTag(more(filter.tag(), tags)));
    }

    /** With one of these tags. */
    public TaskQuery anyTag(String... tags) {
        return where(filter.withTagAny(List.of(tags)));
    }

    /** With these words in the title or the description; each may be the beginning of one. */
    public TaskQuery words(String words) {
        return where(filter.withQ(words));
    }

    /** Due today, where the user is. */
    public TaskQuery dueToday() {
        return where(filter.withDue(DueFilterJson.TODAY));
    }

    /** Due this week, from Monday to Sunday. */
    public TaskQuery dueThisWeek() {
        return where(filter.withDue(DueFilterJson.WEEK));
    }

    /** Not due at all. */
    public TaskQuery undated() {
        return where(filter.withDue(DueFilterJson.NONE));
    }

    /** Due after this. */
    public TaskQuery dueAfter(Instant time) {
        return where(filter.withDueAfter(time));
    }

    /** Due before this. */
    public TaskQuery dueBefore(Instant time) {
        return where(filter.withDueBefore(time));
    }

    /** Overdue, or not. */
    public TaskQuery overdue(boolean overdue) {
        return where(filter.withOverdue(overdue));
    }

    /** Repeating, or not. */
    public TaskQuery recurring(boolean recurring) {
        return where(filter.withRecurring(recurring));
    }

    /** Created after this. */
    public TaskQuery createdAfter(Instant time) {
        return where(filter.withCreatedAfter(time));
    }

    /** Created before this. */
    public TaskQuery createdBefore(Instant time) {
        return where(filter.withCreatedBefore(time));
    }

    /** Changed after this. */
    public TaskQuery updatedAfter(Instant time) {
        return where(filter.withUpdatedAfter(time));
    }

    /** Changed before this. */
    public TaskQuery updatedBefore(Instant time) {
        return where(filter.withUpdatedBefore(time));
    }

    /**
     * Ordered by these fields, the first first, each descending with a leading {@code -}: {@code created_at},
     * {@code updated_at}, {@code title}, {@code due_at}, {@code priority}, {@code completed_at}, {@code relevance}.
     */
    public TaskQuery sort(String... fields) {
        return new TaskQuery(filter, List.of(fields), pageSize);
    }

    /** So many tasks with each request, 1 to 200; 50 unless given. It does not limit the list. */
    public TaskQuery pageSize(int tasks) {
        return new TaskQuery(filter, sort, tasks);
    }

    static List<String> more(@Nullable List<String> before, String... tags) {
        return Stream.concat(before == null ? Stream.empty() : before.stream(), Stream.of(tags))
                .toList();
    }

    Operation<TaskPageJson> page(@Nullable String cursor) {
        return TasksOperations.listTasks(
                "me",
                filter.status(),
                filter.priority(),
                filter.tag(),
                filter.tagAny(),
                filter.q(),
                filter.due(),
                filter.dueAfter(),
                filter.dueBefore(),
                filter.overdue(),
                filter.recurring(),
                filter.createdAfter(),
                filter.createdBefore(),
                filter.updatedAfter(),
                filter.updatedBefore(),
                sort.isEmpty() ? null : sort.stream().map(TaskSortJson::new).toList(),
                pageSize,
                cursor);
    }

    /** The filter alone, for a change of many tasks. */
    TaskSelectionFilterJson filter() {
        if (!sort.isEmpty() || pageSize != null) {
            throw new IllegalArgumentException("a selection of tasks has neither an order nor a page size");
        }
        return filter;
    }

    @Override
    public String toString() {
        return "TaskQuery[" + page(null).target().replaceFirst("^[^?]*\\?", "") + "]";
    }
}
