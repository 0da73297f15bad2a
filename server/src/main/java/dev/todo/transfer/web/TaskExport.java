package dev.todo.transfer.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.todo.accounts.Accounts;
import dev.todo.auth.AccessToken;
import dev.todo.tasks.Task;
import dev.todo.tasks.Tasks;
import dev.todo.tasks.web.TaskRepresentation;
import dev.todo.transfer.CalendarWriter;
import dev.todo.transfer.TaskFormat;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** All tasks of a user as a file, written while they are read. */
@Component
class TaskExport {
    /** How many go out together. */
    private static final int PORTION = 50;

    private final Tasks tasks;
    private final Accounts accounts;
    private final JsonMapper json;

    TaskExport(Tasks tasks, Accounts accounts, JsonMapper json) {
        this.tasks = tasks;
        this.accounts = accounts;
        this.json = json;
    }

    /** The account is read first and last, for the same reasons as with an export of everything. */
    Mono<Void> write(AccessToken token, TaskFormat format, ServerHttpResponse response) {
        return accounts.get(token).flatMap(account -> {
            response.setStatusCode(HttpStatus.OK);
            response.getHeaders().setContentType(MediaTypes.of(format));
            response.getHeaders().set(HttpHeaders.CONTENT_DISPOSITION, disposition(format));
            Flux<String> file = Flux.concat(
                    text(format, tasks.all(account.userId())),
                    accounts.ensureKept(account).then(Mono.empty()));
            return response.writeAndFlushWith(
                    file.map(text -> Flux.just(response.bufferFactory().wrap(text.getBytes(UTF_8)))));
        });
    }

    private static String disposition(TaskFormat format) {
        String name = format == TaskFormat.CALENDAR ? "todo-tasks.ics" : "todo-tasks.ndjson";
        return "attachment; filename=\"" + name + "\"";
    }

    private Flux<String> text(TaskFormat format, Flux<Task> all) {
        return switch (format) {
            case JSON_LINES -> portions(all, task -> json.writeValueAsString(TaskRepresentation.of(task)) + "\n");
            case CALENDAR ->
                Flux.defer(() -> Flux.concat(
                        Flux.just(CalendarWriter.HEAD),
                        portions(all, new CalendarWriter()::write),
                        Flux.just(CalendarWriter.FOOT)));
        };
    }

    private static Flux<String> portions(Flux<Task> all, Function<Task, String> written) {
        return all.map(written).buffer(PORTION).map(portion -> String.join("", portion));
    }
}
