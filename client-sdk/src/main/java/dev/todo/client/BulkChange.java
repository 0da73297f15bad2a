package dev.todo.client;

import dev.todo.client.generated.model.TasksUpdateJson;

/**
 * What is to change of many tasks.
 *
 * <pre>{@code
 * todo.tasks().updateAll(
 *         TaskSelection.ids(1, 2, 3),
 *         BulkChange.change().addTags("garden").removeTags("home").priority(Priority.LOW));
 * }</pre>
 */
public final class BulkChange extends View<TasksUpdateJson> {
    private static final BulkChange NOTHING = new BulkChange(TasksUpdateJson.empty());

    private BulkChange(TasksUpdateJson json) {
        super(json);
    }

    /** Nothing, yet. */
    public static BulkChange change() {
        return NOTHING;
    }

    /** Tags that every task is to have, besides those that were named before. */
    public BulkChange addTags(String... tags) {
        return new BulkChange(json.withAddTags(TaskQuery.more(json.addTags(), tags)));
    }

    /** Tags that no task is to have, besides those that were named before. */
    public BulkChange removeTags(String... tags) {
        return new BulkChange(json.withRemoveTags(TaskQuery.more(json.removeTags(), tags)));
    }

    /** Another priority. */
    public BulkChange priority(Priority priority) {
        return new BulkChange(json.withPriority(priority.json()));
    }

    TasksUpdateJson of(TaskSelection selection) {
        return json.withIds(selection.json.ids())
                .withFilter(selection.json.filter())
                .withDryRun(selection.json.dryRun());
    }
}
