package dev.todo.accounts.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.todo.accounts.Account;
import dev.todo.accounts.Accounts;
import dev.todo.accounts.Sessions;
import dev.todo.accounts.UserData;
import dev.todo.auth.AccessToken;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Everything that is kept on a user as one JSON document, written while it is read. */
@Component
class Export {
    private final Accounts accounts;
    private final Sessions sessions;
    private final List<UserData> userData;
    private final JsonMapper json;

    Export(Accounts accounts, Sessions sessions, List<UserData> userData, JsonMapper json) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.userData = userData;
        this.json = json;
    }

    /**
     * The account is read first, so that a database that is away is a problem and not half an answer; and once more at
     * last, so that what was deleted meanwhile makes it break off, and is not taken for all there was.
     */
    Mono<Void> write(AccessToken token, ServerHttpResponse response) {
        return accounts.get(token).flatMap(account -> {
            response.setStatusCode(HttpStatus.OK);
            response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
            response.getHeaders().set(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"todo-export.json\"");
            return response.writeAndFlushWith(document(account, token)
                    .map(text -> response.bufferFactory().wrap(text))
                    .map(Flux::just));
        });
    }

    private Flux<byte[]> document(Account account, AccessToken token) {
        Flux<?> ownSessions = sessions.list(token.caller().userId())
                .flatMapIterable(all -> AccountRepresentation.of(all, token).getItems());
        Flux<byte[]> others = Flux.fromIterable(userData)
                .concatMap(data -> field(data.name(), data.export(token.caller().userId())));
        return Flux.concat(
                Flux.just(text("{\"account\":"), json.writeValueAsBytes(AccountRepresentation.of(account))),
                field("sessions", ownSessions),
                others,
                accounts.ensureKept(account).thenMany(Flux.just(text("}"))));
    }

    private Flux<byte[]> field(String name, Flux<?> items) {
        return Flux.defer(() -> {
            AtomicBoolean first = new AtomicBoolean(true);
            Flux<byte[]> written =
                    items.map(item -> text((first.getAndSet(false) ? "" : ",") + json.writeValueAsString(item)));
            return Flux.concat(Flux.just(text(",\"" + name + "\":[")), written, Flux.just(text("]")));
        });
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }
}
