package dev.todo.tasks.web;

import dev.todo.accounts.UserData;
import dev.todo.tasks.Tasks;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

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
}
