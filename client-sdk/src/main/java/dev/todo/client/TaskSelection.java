package dev.todo.client;

import dev.todo.client.generated.model.TaskSelectionJson;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.stream.Collectors;

/**
 * Which tasks a change of many is for.
 *
 * <pre>{@code
 * BulkResult would = todo.tasks().completeAll(TaskSelection.matching(TaskQuery.pending().tag("home")).dryRun());
 * System.out.println(would.matched() + " tasks would be completed.");
 * }</pre>
 */
public final class TaskSelection extends View<TaskSelectionJson> {
    private TaskSelection(TaskSelectionJson json) {
        super(json);
    }

    /** These tasks, 1 to 500. */
    public static TaskSelection ids(long... ids) {
        LinkedHashSet<Long> each = Arrays.stream(ids).boxed().collect(Collectors.toCollection(LinkedHashSet::new));
        return new TaskSelection(TaskSelectionJson.empty().withIds(each));
    }

    /** All tasks that a list of this query would have, however many. */
    public static TaskSelection matching(TaskQuery query) {
        return new TaskSelection(TaskSelectionJson.empty().withFilter(query.filter()));
    }

    /** Only to learn what would be done. */
    public TaskSelection dryRun() {
        return new TaskSelection(json.withDryRun(true));
    }
}
