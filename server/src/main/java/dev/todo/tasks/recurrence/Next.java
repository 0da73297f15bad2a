package dev.todo.tasks.recurrence;

/** The occurrence after one that was completed, and the rule that it carries: counted from itself. */
public record Next(Due due, Rule rule) {}
