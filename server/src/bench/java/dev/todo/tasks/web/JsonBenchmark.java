package dev.todo.tasks.web;

import dev.todo.tasks.SampleRow;
import dev.todo.tasks.Task;
import dev.todo.tasks.TaskPage;
import dev.todo.web.UtcTimes;
import java.util.Collections;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Writes tasks as the contract has them, by the mapper that the server has. */
@State(Scope.Thread)
public class JsonBenchmark {
    @Param({"PLAIN", "FULL"})
    public SampleRow row = SampleRow.PLAIN;

    private final JsonMapper json = mapper();
    private Task task = row.task();
    private TaskPage page = new TaskPage(Collections.nCopies(50, task), null);

    private static JsonMapper mapper() {
        var context = new AnnotationConfigApplicationContext();
        context.register(JacksonAutoConfiguration.class);
        context.registerBean(SimpleModule.class, UtcTimes::module);
        context.refresh();
        return context.getBean(JsonMapper.class);
    }

    @Setup
    public void read() {
        task = row.task();
        page = new TaskPage(Collections.nCopies(50, task), "A".repeat(60));
    }

    @Benchmark
    public byte[] oneTask() {
        return json.writeValueAsBytes(TaskRepresentation.of(task));
    }

    @Benchmark
    public byte[] pageOf50() {
        return json.writeValueAsBytes(TaskRepresentation.of(page));
    }
}
