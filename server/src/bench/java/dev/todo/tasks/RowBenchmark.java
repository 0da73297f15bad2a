package dev.todo.tasks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Makes a task of a row. */
@State(Scope.Thread)
public class RowBenchmark {
    @Param({"PLAIN", "FULL"})
    public SampleRow row = SampleRow.PLAIN;

    @Benchmark
    public Task task() {
        return row.task();
    }
}
