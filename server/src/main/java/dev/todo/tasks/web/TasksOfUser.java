package dev.todo.tasks.web;

import dev.todo.accounts.UserData;
import dev.todo.tasks.Tasks;
import java.time.ZoneId;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A user's tasks, for an export of everything. */
@Component
class TasksOfUser implements UserData {
    private final Tasks tasks;

    TasksOfUser(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public String name() {
        return "tasks";
    }

    @Override
    public Flux<?> export(String userId) {
        return tasks.all(userId).map(TaskRepresentation::of);
    }

    @Override
    public Mono<Void> moveTo(String userId, ZoneId zone) {
        return tasks.moveTo(userId, zone);
    }
}
