package dev.todo.tasks.web;

import dev.todo.api.TrashApi;
import dev.todo.api.model.Task;
import dev.todo.api.model.TrashPage;
import dev.todo.auth.Caller;
import dev.todo.tasks.Trash;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The trash over HTTP. */
@RestController
class TrashController implements TrashApi {
    private final Trash trash;

    TrashController(Trash trash) {
        this.trash = trash;
    }

    @Override
    public Mono<ResponseEntity<TrashPage>> listTrash(
            String userId, Integer limit, @Nullable String cursor, ServerWebExchange exchange) {
        return trash.list(caller(exchange), limit, cursor)
                .map(page -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(TaskRepresentation.of(page)));
    }

    @Override
    public Mono<ResponseEntity<Task>> restoreTask(
            String userId, Long taskId, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return trash.restore(caller(exchange), taskId)
                .map(task -> TaskRepresentation.answer(ResponseEntity.ok(), task));
    }

    @Override
    public Mono<ResponseEntity<Void>> purgeTask(String userId, Long taskId, ServerWebExchange exchange) {
        return trash.purge(caller(exchange), taskId)
                .thenReturn(ResponseEntity.noContent().build());
    }

    @Override
    public Mono<ResponseEntity<Void>> emptyTrash(String userId, ServerWebExchange exchange) {
        return trash.empty(caller(exchange))
                .thenReturn(ResponseEntity.noContent().build());
    }

    private static String caller(ServerWebExchange exchange) {
        return Caller.of(exchange.getAttributes()).userId();
    }
}
