package dev.todo.tasks.web;

import dev.todo.accounts.Accounts;
import dev.todo.api.TasksApi;
import dev.todo.api.model.DueFilter;
import dev.todo.api.model.Task;
import dev.todo.api.model.TaskCreate;
import dev.todo.api.model.TaskPage;
import dev.todo.api.model.TaskPatch;
import dev.todo.api.model.TaskPriority;
import dev.todo.api.model.TaskReplace;
import dev.todo.api.model.TaskSelectionFilter;
import dev.todo.api.model.TaskSort;
import dev.todo.api.model.TaskStatusFilter;
import dev.todo.auth.AccessToken;
import dev.todo.auth.Caller;
import dev.todo.tasks.TaskFilter;
import dev.todo.tasks.TaskQuery;
import dev.todo.tasks.Tasks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

/** Tasks over HTTP. The user is always the verified caller, whom the path has been checked against before. */
@RestController
class TasksController implements TasksApi {
    private final Tasks tasks;
    private final Accounts accounts;

    TasksController(Tasks tasks, Accounts accounts) {
        this.tasks = tasks;
        this.accounts = accounts;
    }

    @Override
    public Mono<ResponseEntity<TaskPage>> listTasks(
            String userId,
            TaskStatusFilter status,
            @Nullable List<TaskPriority> priority,
            @Nullable List<String> tag,
            @Nullable List<String> tagAny,
            @Nullable String q,
            @Nullable DueFilter due,
            @Nullable OffsetDateTime dueAfter,
            @Nullable OffsetDateTime dueBefore,
            @Nullable Boolean overdue,
            @Nullable Boolean recurring,
            @Nullable OffsetDateTime createdAfter,
            @Nullable OffsetDateTime createdBefore,
            @Nullable OffsetDateTime updatedAfter,
            @Nullable OffsetDateTime updatedBefore,
            List<TaskSort> sort,
            Integer limit,
            @Nullable String cursor,
            ServerWebExchange exchange) {
        TaskFilter filter = FilterRepresentation.filter(new TaskSelectionFilter()
                .status(status)
                .priority(priority)
                .tag(tag)
                .tagAny(tagAny)
                .q(q)
                .due(due)
                .dueAfter(dueAfter)
                .dueBefore(dueBefore)
                .overdue(overdue)
                .recurring(recurring)
                .createdAfter(createdAfter)
                .createdBefore(createdBefore)
                .updatedAfter(updatedAfter)
                .updatedBefore(updatedBefore));
        TaskQuery query = new TaskQuery(caller(exchange), filter, TaskRepresentation.order(sort), limit, cursor);
        return tasks.list(query).map(TasksController::answer);
    }

    @Override
    public Mono<ResponseEntity<TaskPage>> listOccurrences(
            String userId, Long taskId, Integer limit, @Nullable String cursor, ServerWebExchange exchange) {
        return tasks.occurrences(caller(exchange), taskId, limit, cursor).map(TasksController::answer);
    }

    @Override
    public Mono<ResponseEntity<Task>> createTask(
            String userId, Mono<TaskCreate> taskCreate, @Nullable String idempotencyKey, ServerWebExchange exchange) {
        return taskCreate
                .flatMap(body -> accounts.writing(
                        AccessToken.of(exchange.getAttributes()),
                        tasks.create(caller(exchange), TaskRepresentation.draft(body))))
                .map(task -> TaskRepresentation.answer(ResponseEntity.created(location(task)), task));
    }

    @Override
    public Mono<ResponseEntity<Task>> getTask(
            String userId, Long taskId, @Nullable String ifNoneMatch, ServerWebExchange exchange) {
        // Spring compares the tags, but does not know that * is any (RFC 9110, 13.1.2).
        return tasks.get(caller(exchange), taskId)
                .map(task -> "*".equals(ifNoneMatch)
                        ? unchanged(task)
                        : TaskRepresentation.answer(ResponseEntity.ok(), task));
    }

    @Override
    public Mono<ResponseEntity<Task>> replaceTask(
            String userId,
            Long taskId,
            Mono<TaskReplace> taskReplace,
            @Nullable String ifMatch,
            ServerWebExchange exchange) {
        return taskReplace
                .map(TaskRepresentation::draft)
                .flatMap(draft -> tasks.change(caller(exchange), taskId, EntityTags.ifMatch(ifMatch), before -> draft))
                .map(task -> TaskRepresentation.answer(ResponseEntity.ok(), task));
    }

    @Override
    public Mono<ResponseEntity<Task>> updateTask(
            String userId,
            Long taskId,
            Mono<TaskPatch> taskPatch,
            @Nullable String ifMatch,
            ServerWebExchange exchange) {
        return taskPatch
                .map(TaskRepresentation::change)
                .flatMap(change -> tasks.change(caller(exchange), taskId, EntityTags.ifMatch(ifMatch), change))
                .map(task -> TaskRepresentation.answer(ResponseEntity.ok(), task));
    }

    @Override
    public Mono<ResponseEntity<Void>> deleteTask(
            String userId, Long taskId, @Nullable String ifMatch, ServerWebExchange exchange) {
        return tasks.delete(caller(exchange), taskId, EntityTags.ifMatch(ifMatch))
                .thenReturn(ResponseEntity.noContent().build());
    }

    @Override
    public Mono<ResponseEntity<Task>> completeTask(
            String userId, Long taskId, @Nullable String ifMatch, ServerWebExchange exchange) {
        return tasks.change(caller(exchange), taskId, EntityTags.ifMatch(ifMatch), draft -> draft.completed(true))
                .map(task -> TaskRepresentation.answer(ResponseEntity.ok(), task));
    }

    @Override
    public Mono<ResponseEntity<Task>> reopenTask(
            String userId, Long taskId, @Nullable String ifMatch, ServerWebExchange exchange) {
        return tasks.change(caller(exchange), taskId, EntityTags.ifMatch(ifMatch), draft -> draft.completed(false))
                .map(task -> TaskRepresentation.answer(ResponseEntity.ok(), task));
    }

    private static String caller(ServerWebExchange exchange) {
        return Caller.of(exchange.getAttributes()).userId();
    }

    @Override
    public Mono<ResponseEntity<Task>> skipOccurrence(
            String userId,
            Long taskId,
            @Nullable String ifMatch,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        return tasks.skip(caller(exchange), taskId, EntityTags.ifMatch(ifMatch))
                .map(task -> TaskRepresentation.answer(ResponseEntity.ok(), task));
    }

    private static ResponseEntity<TaskPage> answer(dev.todo.tasks.TaskPage page) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(TaskRepresentation.of(page));
    }

    private static ResponseEntity<Task> unchanged(dev.todo.tasks.Task task) {
        return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                .eTag(EntityTags.of(task.version()))
                .build();
    }

    private static URI location(dev.todo.tasks.Task task) {
        // Clients take a path with dots to pieces, however they are encoded.
        boolean dots = task.userId().equals(".") || task.userId().equals("..");
        String user = dots ? "me" : UriUtils.encode(task.userId(), StandardCharsets.UTF_8);
        return URI.create("/api/" + user + "/tasks/" + task.id());
    }
}
