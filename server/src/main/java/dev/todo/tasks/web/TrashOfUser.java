package dev.todo.tasks.web;

import dev.todo.accounts.UserData;
import dev.todo.tasks.Trash;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** A user's deleted tasks, for an export of everything. */
@Component
class TrashOfUser implements UserData {
    private final Trash trash;

    TrashOfUser(Trash trash) {
        this.trash = trash;
    }

    @Override
    public String name() {
        return "trash";
    }

    @Override
    public Flux<?> export(String userId) {
        return trash.all(userId).map(TaskRepresentation::of);
    }
}
