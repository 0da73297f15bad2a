package dev.todo.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskRulesTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T08:00:00Z");
    private static final Instant COMPLETED = CREATED.plusSeconds(60);
    private static final Instant NOW = CREATED.plusSeconds(3600);
    private static final Instant LONG_AGO = CREATED.minusSeconds(3600);

    private static final Task OPEN = task("Rent", "By transfer", null, CREATED);
    private static final Task DONE = task("Rent", "By transfer", COMPLETED, COMPLETED);

    private static Arguments[] changes() {
        return new Arguments[] {
            change(
                    "title of an open task",
                    OPEN,
                    (task, now) -> task.titled("Gas", now),
                    task("Gas", "By transfer", null, NOW)),
            change(
                    "title of a completed task",
                    DONE,
                    (task, now) -> task.titled("Gas", now),
                    task("Gas", "By transfer", COMPLETED, NOW)),
            change(
                    "description",
                    OPEN,
                    (task, now) -> task.described("In cash", now),
                    task("Rent", "In cash", null, NOW)),
            change(
                    "no description",
                    DONE,
                    (task, now) -> task.described(null, now),
                    task("Rent", null, COMPLETED, NOW)),
            change("complete", OPEN, Task::completed, task("Rent", "By transfer", NOW, NOW)),
            change(
                    "completed: true",
                    OPEN,
                    (task, now) -> task.completedIf(true, now),
                    task("Rent", "By transfer", NOW, NOW)),
            change("reopen", DONE, Task::reopened, task("Rent", "By transfer", null, NOW)),
            change(
                    "completed: false",
                    DONE,
                    (task, now) -> task.completedIf(false, now),
                    task("Rent", "By transfer", null, NOW)),
            change("replace an open task", OPEN, replace("Gas", null, true), task("Gas", null, NOW, NOW)),
            change("replace a completed task", DONE, replace("Gas", "Soon", true), task("Gas", "Soon", COMPLETED, NOW)),
            change("replace and reopen", DONE, replace("Gas", "Soon", false), task("Gas", "Soon", null, NOW)),
        };
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aChangeChangesWhatItNamesAndTheTime(Task before, BiFunction<Task, Instant, Task> change, Task after) {
        assertThat(change.apply(before, NOW)).isEqualTo(after);
    }

    private static Arguments[] nonChanges() {
        return new Arguments[] {
            change("same title", OPEN, (task, now) -> task.titled("Rent", now), OPEN),
            change("same description", OPEN, (task, now) -> task.described("By transfer", now), OPEN),
            change(
                    "no description still",
                    task("Rent", null, null, CREATED),
                    (task, now) -> task.described(null, now),
                    task("Rent", null, null, CREATED)),
            change("completed already", DONE, Task::completed, DONE),
            change("completed: true already", DONE, (task, now) -> task.completedIf(true, now), DONE),
            change("open already", OPEN, Task::reopened, OPEN),
            change("completed: false already", OPEN, (task, now) -> task.completedIf(false, now), OPEN),
            change("replaced by itself, open", OPEN, replace("Rent", "By transfer", false), OPEN),
            change("replaced by itself, completed", DONE, replace("Rent", "By transfer", true), DONE),
        };
    }

    @ParameterizedTest
    @MethodSource("nonChanges")
    void aChangeThatChangesNothingAnswersTheVerySameTask(
            Task before, BiFunction<Task, Instant, Task> change, Task same) {
        assertThat(change.apply(before, NOW)).isSameAs(before).isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClockThatRunsBackwardsDoesNotTakeATaskBackInTime(boolean completed) {
        Task task = completed ? DONE : OPEN;
        assertThat(task.titled("Gas", LONG_AGO).updatedAt()).isEqualTo(task.updatedAt());
        assertThat(task.completedIf(!completed, LONG_AGO).updatedAt()).isEqualTo(task.updatedAt());
    }

    @Test
    void aTaskIsNotCompletedBeforeItWasCreated() {
        assertThat(OPEN.completed(LONG_AGO).completedAt()).isEqualTo(CREATED);
    }

    private static Task task(
            String title, @Nullable String description, @Nullable Instant completedAt, Instant updatedAt) {
        return new Task(7, "alice", title, description, completedAt != null, completedAt, CREATED, updatedAt, 3);
    }

    private static BiFunction<Task, Instant, Task> replace(
            String title, @Nullable String description, boolean completed) {
        return (task, now) -> task.replacedBy(new TaskDraft(title, description, completed), now);
    }

    private static Arguments change(String name, Task before, BiFunction<Task, Instant, Task> change, Task after) {
        return Arguments.of(Named.of(name, before), Named.of("changed", change), Named.of("becomes", after));
    }
}
