package dev.todo.tasks;

/** Which tasks a list shows. */
public enum TaskStatus {
    ALL,
    PENDING,
    COMPLETED
}
