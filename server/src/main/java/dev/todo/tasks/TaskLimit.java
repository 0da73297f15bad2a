package dev.todo.tasks;

import dev.todo.database.Database;
import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import reactor.core.publisher.Mono;

/** How many tasks a user can have. The database counts them, whoever writes, and refuses what goes beyond. */
final class TaskLimit {
    private static final String CONSTRAINT = "task_limit";

    private TaskLimit() {}

    /** Says so, if there is no room for what is to be inserted. */
    static <T> Mono<T> within(Mono<T> insert) {
        return insert.onErrorMap(error -> Database.breaks(error, CONSTRAINT), full -> tooMany());
    }

    private static Problem tooMany() {
        return Problem.of(
                ProblemType.TOO_MANY_TASKS,
                "You have 100,000 tasks, which is the most there can be. Delete some that you no longer need.");
    }
}
