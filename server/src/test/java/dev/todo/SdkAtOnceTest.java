package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.todo.client.AsyncTodoClient;
import dev.todo.client.Task;
import dev.todo.client.TaskDraft;
import dev.todo.client.TaskPatch;
import dev.todo.client.TaskQuery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.FlowAdapters;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Our own client with much going on at once. */
class SdkAtOnceTest extends SdkTest {
    private static final int WRITERS = 8;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private void create(int tasks) {
        AsyncTodoClient async = todo.async();
        CompletableFuture.allOf(IntStream.range(0, tasks)
                        .mapToObj(number -> async.tasks().create(TaskDraft.titled("task " + number)))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    @Test
    void noModificationIsLost() {
        Task task = todo.tasks().create(TaskDraft.titled("Count").description("0"));
        List<CompletableFuture<Task>> writers = IntStream.range(0, WRITERS)
                .mapToObj(writer -> todo.async().tasks().modify(task.id(), SdkAtOnceTest::counted))
                .toList();
        CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).join();
        assertThat(todo.tasks().get(task.id()).description()).isEqualTo(String.valueOf(WRITERS));
    }

    private static TaskPatch counted(Task task) {
        return TaskPatch.change().description(String.valueOf(1 + Integer.parseInt(String.valueOf(task.description()))));
    }

    @Test
    void aListIsPublishedAtThePaceOfItsSubscriber() {
        create(25);
        TaskQuery query = TaskQuery.all().sort("created_at").pageSize(10);
        Flux<Task> tasks =
                Flux.from(FlowAdapters.toPublisher(todo.tasks().list(query).publisher()));
        StepVerifier.create(tasks, 3)
                .expectNextCount(3)
                .thenRequest(20)
                .expectNextCount(20)
                .thenRequest(2)
                .expectNextCount(2)
                .expectComplete()
                .verify(LONGEST);
        assertThat(todo.async().tasks().list(query).toList().join())
                .extracting(Task::id)
                .doesNotHaveDuplicates()
                .hasSize(25);
        assertThat(todo.tasks().list(query).stream().limit(11)).hasSize(11);
    }
}
