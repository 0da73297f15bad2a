package dev.todo.tasks.web;

import dev.todo.api.BulkApi;
import dev.todo.api.model.BulkResult;
import dev.todo.api.model.TaskSelection;
import dev.todo.api.model.TasksUpdate;
import dev.todo.auth.Caller;
import dev.todo.tasks.BulkTasks;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Many tasks at once over HTTP. */
@RestController
class BulkController implements BulkApi {
    private final BulkTasks tasks;

    BulkController(BulkTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public Mono<ResponseEntity<BulkResult>> completeTasks(
            String userId,
            Mono<TaskSelection> taskSelection,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return answer(taskSelection, selection -> tasks.complete(caller(exchange), selection));
    }

    @Override
    public Mono<ResponseEntity<BulkResult>> reopenTasks(
            String userId,
            Mono<TaskSelection> taskSelection,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return answer(taskSelection, selection -> tasks.reopen(caller(exchange), selection));
    }

    @Override
    public Mono<ResponseEntity<BulkResult>> updateTasks(
            String userId, Mono<TasksUpdate> tasksUpdate, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return tasksUpdate
                .map(BulkRepresentation::update)
                .flatMap(update -> tasks.update(caller(exchange), update.selection(), update.change()))
                .map(BulkController::answer);
    }

    @Override
    public Mono<ResponseEntity<BulkResult>> deleteTasks(
            String userId,
            Mono<TaskSelection> taskSelection,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return answer(taskSelection, selection -> tasks.delete(caller(exchange), selection));
    }

    private static Mono<ResponseEntity<BulkResult>> answer(
            Mono<TaskSelection> body, Function<dev.todo.tasks.TaskSelection, Mono<dev.todo.tasks.BulkResult>> change) {
        return body.map(BulkRepresentation::selection).flatMap(change).map(BulkController::answer);
    }

    private static String caller(ServerWebExchange exchange) {
        return Caller.of(exchange.getAttributes()).userId();
    }

    private static ResponseEntity<BulkResult> answer(dev.todo.tasks.BulkResult result) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(BulkRepresentation.of(result));
    }
}
