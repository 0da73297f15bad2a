package dev.todo.accounts;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Where users are. */
@Component
public class UserTimeZones {
    private final AccountStore store;

    UserTimeZones(AccountStore store) {
        this.store = store;
    }

    public Mono<ZoneId> of(String userId) {
        return store.find(userId)
                .<ZoneId>map(account -> ZoneId.of(account.timeZone()))
                .defaultIfEmpty(ZoneOffset.UTC);
    }

    /** The user's time zone, which does not change until the transaction under way ends. */
    public Mono<ZoneId> kept(String userId) {
        return store.timeZone(userId).<ZoneId>map(ZoneId::of).defaultIfEmpty(ZoneOffset.UTC);
    }
}
