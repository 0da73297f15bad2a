package dev.todo.tasks;

/** A tag as most of its tasks spell it, and how many those are. */
public record Tag(String name, int tasks, int pending) {}
