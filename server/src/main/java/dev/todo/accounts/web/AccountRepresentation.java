package dev.todo.accounts.web;

import dev.todo.api.model.Account;
import dev.todo.api.model.AccountPatch;
import dev.todo.api.model.Session;
import dev.todo.api.model.SessionList;
import dev.todo.api.model.SignedIn;
import dev.todo.auth.AccessToken;
import dev.todo.auth.OwnTokens;
import dev.todo.problem.InputError;
import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import dev.todo.values.TimeZones;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;

/** Accounts and sessions as the contract writes them, and back. */
final class AccountRepresentation {
    private AccountRepresentation() {}

    static SignedIn of(dev.todo.accounts.SignedIn signedIn) {
        return new SignedIn(
                signedIn.accessToken(),
                "Bearer",
                (int) OwnTokens.LIFETIME.toSeconds(),
                signedIn.refreshToken(),
                of(signedIn.account()));
    }

    static Account of(dev.todo.accounts.Account account) {
        return new Account(
                account.userId(),
                account.email(),
                account.name(),
                account.timeZone(),
                account.hasPassword(),
                utc(account.createdAt()),
                utc(account.updatedAt()));
    }

    static SessionList of(List<dev.todo.accounts.Session> sessions, AccessToken token) {
        return new SessionList(
                sessions.stream().map(session -> of(session, token)).toList());
    }

    static Session of(dev.todo.accounts.Session session, AccessToken token) {
        return new Session(
                session.id(),
                utc(session.createdAt()),
                utc(session.lastUsedAt()),
                utc(session.expiresAt()),
                session.address(),
                session.userAgent(),
                session.id().equals(token.session()));
    }

    static UnaryOperator<dev.todo.accounts.Account> change(AccountPatch body) {
        String timeZone = body.getTimeZone();
        if (timeZone != null && TimeZones.named(timeZone).isEmpty()) {
            throw Problem.invalid(
                    ProblemType.INVALID_CONTENT,
                    "The body breaks the contract. See errors.",
                    List.of(InputError.at("/time_zone", TimeZones.REFUSAL)));
        }
        return account -> {
            dev.todo.accounts.Account changed =
                    body.getName().isPresent() ? account.named(body.getName().get()) : account;
            return timeZone == null ? changed : changed.in(timeZone);
        };
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
