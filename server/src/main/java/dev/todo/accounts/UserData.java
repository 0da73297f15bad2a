package dev.todo.accounts;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One kind of thing that is kept on a user: handed out with an export, gone with the account. */
public interface UserData {
    /** The field of the export that holds it. */
    String name();

    /** All of it, as the contract represents it. */
    Flux<?> export(String userId);

    Mono<Void> delete(String userId);
}
