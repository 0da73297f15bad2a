package dev.todo.tasks.web;

import dev.todo.api.InsightsApi;
import dev.todo.api.model.Tag;
import dev.todo.api.model.TagPage;
import dev.todo.api.model.TagRename;
import dev.todo.api.model.TaskStats;
import dev.todo.auth.Caller;
import dev.todo.tasks.Insights;
import dev.todo.tasks.Tags;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Statistics and tags over HTTP. The user is always the verified caller. */
@RestController
class InsightsController implements InsightsApi {
    private final Insights insights;
    private final Tags tags;

    InsightsController(Insights insights, Tags tags) {
        this.insights = insights;
        this.tags = tags;
    }

    @Override
    public Mono<ResponseEntity<TaskStats>> getTaskStats(String userId, ServerWebExchange exchange) {
        return insights.of(caller(exchange)).map(InsightRepresentation::of).map(InsightsController::answer);
    }

    @Override
    public Mono<ResponseEntity<TagPage>> listTags(
            String userId, Integer limit, @Nullable String cursor, ServerWebExchange exchange) {
        return tags.list(caller(exchange), limit, cursor)
                .map(InsightRepresentation::of)
                .map(InsightsController::answer);
    }

    @Override
    public Mono<ResponseEntity<Tag>> renameTag(
            String userId, String tag, Mono<TagRename> tagRename, ServerWebExchange exchange) {
        return tagRename
                .map(body -> TaskInput.trimmed(body.getName()))
                .flatMap(name -> tags.rename(caller(exchange), TaskInput.trimmed(tag), name))
                .map(InsightRepresentation::of)
                .map(InsightsController::answer);
    }

    @Override
    public Mono<ResponseEntity<Void>> deleteTag(String userId, String tag, ServerWebExchange exchange) {
        return tags.delete(caller(exchange), TaskInput.trimmed(tag))
                .thenReturn(ResponseEntity.noContent().build());
    }

    private static String caller(ServerWebExchange exchange) {
        return Caller.of(exchange.getAttributes()).userId();
    }

    private static <T> ResponseEntity<T> answer(T body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
