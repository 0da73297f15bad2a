package dev.todo.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.todo.problem.InputError;
import dev.todo.problem.Problem;
import dev.todo.tasks.recurrence.Due;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskRulesTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T08:00:00Z");
    private static final Instant COMPLETED = CREATED.plusSeconds(60);
    private static final Instant NOW = CREATED.plusSeconds(3600);
    private static final Instant LONG_AGO = CREATED.minusSeconds(3600);
    private static final Instant DUE = Instant.parse("2026-12-01T08:00:00Z");

    private static final TaskDraft DRAFT =
            new TaskDraft("Rent", "By transfer", false, Priority.HIGH, List.of("home"), null, List.of());
    private static final Task OPEN = new Task(7, "alice", DRAFT, null, null, CREATED, CREATED, 3);
    private static final Task DONE =
            new Task(7, "alice", DRAFT.completed(true), COMPLETED, null, CREATED, COMPLETED, 3);

    @Test
    void whatIsWrittenReplacesWhatWasAndTakesTheTime() {
        TaskDraft other = DRAFT.titled("Gas").tagged(List.of()).prioritised(Priority.NONE);
        assertThat(OPEN.written(other, DUE, NOW)).isEqualTo(new Task(7, "alice", other, null, DUE, CREATED, NOW, 3));
    }

    @Test
    void completingNotesTheTimeAndReopeningForgetsIt() {
        assertThat(OPEN.written(DRAFT.completed(true), null, NOW).completedAt()).isEqualTo(NOW);
        assertThat(DONE.written(DRAFT.completed(true).titled("Gas"), null, NOW).completedAt())
                .isEqualTo(COMPLETED);
        assertThat(DONE.written(DRAFT, null, NOW).completedAt()).isNull();
        assertThat(OPEN.written(DRAFT.titled("Gas"), null, NOW).completedAt()).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClockThatRunsBackwardsDoesNotTakeATaskBackInTime(boolean completed) {
        Task task = completed ? DONE : OPEN;
        assertThat(task.written(task.draft().titled("Gas"), null, LONG_AGO).updatedAt())
                .isEqualTo(task.updatedAt());
        assertThat(OPEN.written(DRAFT.completed(true), null, LONG_AGO).completedAt())
                .isEqualTo(CREATED);
    }

    @Test
    void remindersNeedADueToCountFromAndAreNotAfterIt() {
        TaskDraft due = DRAFT.due(new Due(LocalDate.of(2026, 12, 1), null, null));
        assertThatNoException().isThrownBy(() -> TaskRules.ensureSound(reminding(due, 60, null), DUE));
        assertThatNoException().isThrownBy(() -> TaskRules.ensureSound(reminding(due, null, DUE), DUE));
        assertThatNoException().isThrownBy(() -> TaskRules.ensureSound(reminding(DRAFT, null, DUE), null));
        refuses(reminding(DRAFT, 60, null), null, "/reminders/0/minutes_before");
        refuses(reminding(due, null, DUE.plusMillis(1)), DUE, "/reminders/0/remind_at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1899-12-31T23:59:59.999999Z", "+10000-01-01T00:00:00Z"})
    void aDueThatNoDateCanSayIsRefused(Instant at) {
        refuses(DRAFT, at, "/due_date");
        refuses(reminding(DRAFT, null, at), null, "/reminders/0/remind_at");
    }

    private static TaskDraft reminding(TaskDraft draft, @Nullable Integer minutes, @Nullable Instant at) {
        return draft.reminding(List.of(new Reminder(minutes, at)));
    }

    private static void refuses(TaskDraft draft, @Nullable Instant dueAt, String pointer) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> TaskRules.ensureSound(draft, dueAt))
                .satisfies(problem -> assertThat(problem.errors())
                        .extracting(InputError::pointer)
                        .containsExactly(pointer));
    }
}
