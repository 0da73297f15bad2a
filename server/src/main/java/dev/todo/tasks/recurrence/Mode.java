package dev.todo.tasks.recurrence;

/** What the next occurrence is counted from. */
public enum Mode {
    /** From the due date: the occurrences stand in the calendar, whenever the task is done. */
    FIXED,
    /** From the day on which the task was completed. */
    AFTER_COMPLETION
}
