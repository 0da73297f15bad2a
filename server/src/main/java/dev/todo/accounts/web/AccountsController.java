package dev.todo.accounts.web;

import dev.todo.accounts.Accounts;
import dev.todo.accounts.Device;
import dev.todo.accounts.EmailAddress;
import dev.todo.accounts.Sessions;
import dev.todo.api.AccountsApi;
import dev.todo.api.model.Account;
import dev.todo.api.model.AccountDeletion;
import dev.todo.api.model.AccountExport;
import dev.todo.api.model.AccountPatch;
import dev.todo.api.model.LogIn;
import dev.todo.api.model.PasswordChange;
import dev.todo.api.model.Registration;
import dev.todo.api.model.SessionList;
import dev.todo.api.model.SessionRefresh;
import dev.todo.api.model.SignedIn;
import dev.todo.auth.AccessToken;
import dev.todo.auth.Caller;
import dev.todo.auth.web.ClientAddress;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Accounts over HTTP. */
@RestController
class AccountsController implements AccountsApi {
    private static final URI ACCOUNT = URI.create("/api/auth/me");

    private final Accounts accounts;
    private final Sessions sessions;
    private final Export export;

    AccountsController(Accounts accounts, Sessions sessions, Export export) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.export = export;
    }

    @Override
    public Mono<ResponseEntity<SignedIn>> register(Mono<Registration> registration, ServerWebExchange exchange) {
        return registration
                .flatMap(body -> accounts.register(
                        EmailAddress.typed(body.getEmail()),
                        body.getPassword(),
                        body.getName().orElse(null),
                        device(exchange)))
                .map(signedIn -> answer(ResponseEntity.created(ACCOUNT), AccountRepresentation.of(signedIn)));
    }

    @Override
    public Mono<ResponseEntity<SignedIn>> logIn(Mono<LogIn> logIn, ServerWebExchange exchange) {
        return logIn.flatMap(body ->
                        accounts.logIn(EmailAddress.typed(body.getEmail()), body.getPassword(), device(exchange)))
                .map(signedIn -> answer(ResponseEntity.ok(), AccountRepresentation.of(signedIn)));
    }

    @Override
    public Mono<ResponseEntity<SignedIn>> refreshSession(
            Mono<SessionRefresh> sessionRefresh, ServerWebExchange exchange) {
        return sessionRefresh
                .flatMap(body -> accounts.refresh(body.getRefreshToken(), device(exchange)))
                .map(signedIn -> answer(ResponseEntity.ok(), AccountRepresentation.of(signedIn)));
    }

    @Override
    public Mono<ResponseEntity<Void>> logOut(ServerWebExchange exchange) {
        return sessions.logOut(token(exchange)).thenReturn(noContent());
    }

    @Override
    public Mono<ResponseEntity<Void>> logOutEverywhere(ServerWebExchange exchange) {
        return sessions.logOutEverywhere(token(exchange)).thenReturn(noContent());
    }

    @Override
    public Mono<ResponseEntity<SessionList>> listSessions(ServerWebExchange exchange) {
        return sessions.list(caller(exchange))
                .map(all -> answer(ResponseEntity.ok(), AccountRepresentation.of(all, token(exchange))));
    }

    @Override
    public Mono<ResponseEntity<Void>> endSession(String sessionId, ServerWebExchange exchange) {
        return sessions.end(caller(exchange), sessionId).thenReturn(noContent());
    }

    @Override
    public Mono<ResponseEntity<Account>> getAccount(ServerWebExchange exchange) {
        return accounts.get(token(exchange))
                .map(account -> answer(ResponseEntity.ok(), AccountRepresentation.of(account)));
    }

    @Override
    public Mono<ResponseEntity<Account>> updateAccount(Mono<AccountPatch> accountPatch, ServerWebExchange exchange) {
        return accountPatch
                .map(AccountRepresentation::change)
                .flatMap(change -> accounts.update(token(exchange), change))
                .map(account -> answer(ResponseEntity.ok(), AccountRepresentation.of(account)));
    }

    @Override
    public Mono<ResponseEntity<Void>> changePassword(Mono<PasswordChange> passwordChange, ServerWebExchange exchange) {
        return passwordChange
                .flatMap(body -> accounts.changePassword(
                        token(exchange), body.getCurrentPassword(), body.getNewPassword(), device(exchange)))
                .thenReturn(noContent());
    }

    /** Written piece by piece: the generated shape would hold everything in memory at once. */
    @Override
    public Mono<ResponseEntity<AccountExport>> exportAccount(ServerWebExchange exchange) {
        return export.write(token(exchange), exchange.getResponse()).then(Mono.empty());
    }

    @Override
    public Mono<ResponseEntity<Void>> deleteAccount(Mono<AccountDeletion> accountDeletion, ServerWebExchange exchange) {
        return accountDeletion
                .flatMap(body -> accounts.delete(token(exchange), body.getPassword(), device(exchange)))
                .thenReturn(noContent());
    }

    private static AccessToken token(ServerWebExchange exchange) {
        return AccessToken.of(exchange.getAttributes());
    }

    private static String caller(ServerWebExchange exchange) {
        return Caller.of(exchange.getAttributes()).userId();
    }

    private static Device device(ServerWebExchange exchange) {
        ClientAddress address = ClientAddress.of(exchange);
        return new Device(
                address.text(),
                address.network(),
                exchange.getRequest().getHeaders().getFirst(HttpHeaders.USER_AGENT));
    }

    private static <T> ResponseEntity<T> answer(ResponseEntity.BodyBuilder status, T body) {
        return status.contentType(MediaType.APPLICATION_JSON).body(body);
    }

    private static ResponseEntity<Void> noContent() {
        return ResponseEntity.noContent().build();
    }
}
