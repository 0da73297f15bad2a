package dev.todo.client;

import dev.todo.client.generated.model.TaskPriorityJson;

/**
 * How much a task matters. The server may know more values than this client.
 *
 * <pre>{@code
 * Task task = todo.tasks().create(TaskDraft.titled("Pay the rent").priority(Priority.HIGH));
 * Priority fromConfiguration = Priority.of("urgent");
 * boolean same = task.priority().equals(fromConfiguration);
 * }</pre>
 */
public final class Priority extends OpenValue {
    /** Not prioritised. */
    public static final Priority NONE = of(TaskPriorityJson.NONE.value());

    /** Low. */
    public static final Priority LOW = of(TaskPriorityJson.LOW.value());

    /** Medium. */
    public static final Priority MEDIUM = of(TaskPriorityJson.MEDIUM.value());

    /** High. */
    public static final Priority HIGH = of(TaskPriorityJson.HIGH.value());

    /** Urgent. */
    public static final Priority URGENT = of(TaskPriorityJson.URGENT.value());

    private Priority(String value) {
        super(value);
    }

    /** The value with this word, whether this client knows it or not. */
    public static Priority of(String value) {
        return new Priority(value);
    }

    TaskPriorityJson json() {
        return new TaskPriorityJson(value());
    }
}
