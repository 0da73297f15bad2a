package dev.todo.accounts;

import reactor.core.publisher.Flux;

/** One kind of thing that is kept on a user: handed out with an export. It goes with the account, to which its rows refer. */
public interface UserData {
    /** The field of the export that holds it. */
    String name();

    /** All of it, as the contract represents it. */
    Flux<?> export(String userId);
}
