package dev.todo.tasks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Writes the place where the next page begins, and reads it. */
@State(Scope.Thread)
public class CursorBenchmark {
    @Param({"CREATED_AT", "TITLE"})
    public TaskOrder.Key order = TaskOrder.Key.CREATED_AT;

    private TaskQuery query = query();
    private TaskStore.Found last = new TaskStore.Found(SampleRow.FULL.task(), null);
    private String cursor = "";

    private TaskQuery query() {
        return new TaskQuery("alice", TaskFilter.of(TaskStatus.ALL), TaskOrder.by(order, true), 50, null);
    }

    @Setup
    public void write() {
        query = query();
        cursor = encode();
    }

    @Benchmark
    public String encode() {
        return TaskCursor.after(last, query.order()).encode(query);
    }

    @Benchmark
    public Object decode() {
        return TaskCursor.decode(cursor, query);
    }
}
