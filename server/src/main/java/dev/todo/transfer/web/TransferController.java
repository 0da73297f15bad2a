package dev.todo.transfer.web;

import dev.todo.accounts.Accounts;
import dev.todo.api.TransferApi;
import dev.todo.api.model.ImportError;
import dev.todo.api.model.ImportReport;
import dev.todo.api.model.OnError;
import dev.todo.auth.AccessToken;
import dev.todo.problem.InputError;
import dev.todo.tasks.ImportedLine;
import dev.todo.tasks.TaskImports;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Tasks that come and go as files. The generated shapes would hold them in memory whole, and so are left alone. */
@RestController
class TransferController implements TransferApi {
    private final TaskExport export;
    private final ImportReader reader;
    private final TaskImports imports;
    private final Accounts accounts;

    TransferController(TaskExport export, ImportReader reader, TaskImports imports, Accounts accounts) {
        this.export = export;
        this.reader = reader;
        this.imports = imports;
        this.accounts = accounts;
    }

    @Override
    public Mono<ResponseEntity<Resource>> exportTasks(String userId, ServerWebExchange exchange) {
        AccessToken token = AccessToken.of(exchange.getAttributes());
        return export.write(token, MediaTypes.preferred(exchange.getRequest().getHeaders()), exchange.getResponse())
                .then(Mono.empty());
    }

    @Override
    public Mono<ResponseEntity<ImportReport>> importTasks(
            String userId,
            Mono<Resource> body,
            OnError onError,
            @Nullable String idempotencyKey,
            ServerWebExchange exchange) {
        AccessToken token = AccessToken.of(exchange.getAttributes());
        String user = token.caller().userId();
        Flux<ImportedLine> lines = lines(exchange.getRequest());
        return accounts.writing(
                        token,
                        onError == OnError.SKIP ? imports.importGood(user, lines) : imports.importAll(user, lines))
                .map(report -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(new ImportReport(
                                report.imported(),
                                report.failed(),
                                report.errors().stream()
                                        .map(TransferController::error)
                                        .toList())));
    }

    /** To judge thousands of lines takes longer than an event loop may be kept from other requests. */
    private Flux<ImportedLine> lines(ServerHttpRequest request) {
        return MediaTypes.sent(request.getHeaders())
                .entries(request.getBody().publishOn(Schedulers.boundedElastic(), 1))
                .map(reader::read);
    }

    private static ImportError error(InputError error) {
        return new ImportError(error.line(), error.pointer(), error.message());
    }
}
