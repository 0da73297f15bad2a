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

    /** The user's time zone, which does not change until the transaction under way ends. */
    public Mono<ZoneId> kept(String userId) {
        return store.timeZone(userId).<ZoneId>map(ZoneId::of).defaultIfEmpty(ZoneOffset.UTC);
    }
}
