package dev.todo.tasks.web;

import dev.todo.api.model.BulkResult;
import dev.todo.api.model.TaskSelectionFilter;
import dev.todo.api.model.TasksUpdate;
import dev.todo.tasks.TaskSelection;
import dev.todo.tasks.TasksChange;
import dev.todo.values.CaseFolding;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bulk changes as the contract writes them, and back. */
final class BulkRepresentation {
    private BulkRepresentation() {}

    static TaskSelection selection(dev.todo.api.model.TaskSelection body) {
        TaskInput input = new TaskInput();
        checkSelection(body.getIds(), body.getFilter(), input);
        input.ensureGood();
        return selection(body.getIds(), body.getFilter(), body.getDryRun());
    }

    /** What is to be changed, and in which tasks. */
    record Update(TaskSelection selection, TasksChange change) {}

    static Update update(TasksUpdate body) {
        TaskInput input = new TaskInput();
        checkSelection(body.getIds(), body.getFilter(), input);
        List<String> added = input.tags("add_tags", body.getAddTags());
        List<String> removed = input.tags("remove_tags", body.getRemoveTags());
        checkChange(added, removed, body, input);
        input.ensureGood();
        return new Update(
                selection(body.getIds(), body.getFilter(), body.getDryRun()),
                new TasksChange(
                        added,
                        removed,
                        body.getPriority() == null ? null : TaskRepresentation.priority(body.getPriority())));
    }

    static BulkResult of(dev.todo.tasks.BulkResult result) {
        return new BulkResult(
                result.dryRun(), result.matched(), result.changed(), result.notFound(), result.nextOccurrences());
    }

    private static void checkSelection(@Nullable Set<Long> ids, @Nullable TaskSelectionFilter filter, TaskInput input) {
        if (ids == null && filter == null) {
            input.refuse("", "names no tasks: send ids or a filter");
        } else if (ids != null && filter != null) {
            input.refuse("/filter", "must not stand beside ids: send one of the two");
        }
    }

    private static void checkChange(List<String> added, List<String> removed, TasksUpdate body, TaskInput input) {
        if (added.isEmpty() && removed.isEmpty() && body.getPriority() == null) {
            input.refuse("", "changes nothing: send add_tags, remove_tags or priority");
        }
        List<String> addedKeys = added.stream().map(CaseFolding::of).toList();
        for (int i = 0; i < removed.size(); i++) {
            int same = addedKeys.indexOf(CaseFolding.of(removed.get(i)));
            if (same >= 0) {
                input.refuse(
                        "/remove_tags/" + i, "is the same tag as /add_tags/%d: add it or remove it".formatted(same));
            }
        }
    }

    private static TaskSelection selection(
            @Nullable Set<Long> ids, @Nullable TaskSelectionFilter filter, @Nullable Boolean dryRun) {
        return new TaskSelection(
                ids == null ? List.of() : List.copyOf(ids),
                filter == null ? null : FilterRepresentation.filter(filter),
                Boolean.TRUE.equals(dryRun));
    }
}
