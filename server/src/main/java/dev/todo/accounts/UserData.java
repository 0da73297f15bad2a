package dev.todo.accounts;

import java.time.ZoneId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One kind of thing that is kept on a user: handed out with an export. It goes with the account, to which its rows refer. */
public interface UserData {
    /** The field of the export that holds it. */
    String name();

    /** All of it, as the contract represents it. */
    Flux<?> export(String userId);

    /** What depends on where the user is, after that has changed; within the transaction that changes it. */
    default Mono<Void> moveTo(String userId, ZoneId zone) {
        return Mono.empty();
    }
}
