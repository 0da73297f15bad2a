package dev.todo.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.todo.problem.InputError;
import dev.todo.problem.Problem;
import dev.todo.tasks.recurrence.Due;
import dev.todo.tasks.recurrence.Mode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
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

    private static final TaskDraft DRAFT = draft("Rent", null, List.of());
    private static final Task OPEN = task(DRAFT, null, CREATED);
    private static final Task DONE = task(DRAFT.completed(true), COMPLETED, COMPLETED);

    @Test
    void aReminderStaysInTheYearsThatItMayName() {
        assertThat(TaskRules.remindable(Instant.parse("-5947-10-27T08:00:00Z"))).isEqualTo("1900-01-01T00:00:00Z");
        assertThat(TaskRules.remindable(Instant.parse("+10000-01-01T00:00:00Z")))
                .isEqualTo("9999-12-31T23:59:59.999999Z");
        assertThat(TaskRules.remindable(Instant.parse("2026-11-21T08:00:00Z"))).isEqualTo("2026-11-21T08:00:00Z");
    }

    @Test
    void whatIsWrittenReplacesWhatWasAndTakesTheTime() {
        TaskDraft other = draft("Gas", null, List.of());
        assertThat(OPEN.written(other, DUE, NOW))
                .isEqualTo(new Task(7, "alice", other, null, DUE, null, null, CREATED, NOW, 3));
    }

    @Test
    void completingNotesTheTimeAndReopeningForgetsIt() {
        assertThat(OPEN.written(DRAFT.completed(true), null, NOW).completedAt()).isEqualTo(NOW);
        assertThat(DONE.written(draft("Gas", null, List.of()).completed(true), null, NOW)
                        .completedAt())
                .isEqualTo(COMPLETED);
        assertThat(DONE.written(DRAFT, null, NOW).completedAt()).isNull();
        assertThat(OPEN.written(draft("Gas", null, List.of()), null, NOW).completedAt())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClockThatRunsBackwardsDoesNotTakeATaskBackInTime(boolean completed) {
        Task task = completed ? DONE : OPEN;
        assertThat(task.written(draft("Gas", null, List.of()).completed(completed), null, LONG_AGO)
                        .updatedAt())
                .isEqualTo(task.updatedAt());
        assertThat(OPEN.written(DRAFT.completed(true), null, LONG_AGO).completedAt())
                .isEqualTo(CREATED);
    }

    @Test
    void remindersNeedADueToCountFromAndAreNotAfterIt() {
        TaskDraft due = draft("Rent", new Due(LocalDate.of(2026, 12, 1), null, null), List.of());
        assertThatNoException().isThrownBy(() -> TaskRules.ensureSound(reminding(due, 60, null), DUE));
        assertThatNoException().isThrownBy(() -> TaskRules.ensureSound(reminding(due, null, DUE), DUE));
        assertThatNoException().isThrownBy(() -> TaskRules.ensureSound(reminding(DRAFT, null, DUE), null));
        refuses(reminding(DRAFT, 60, null), null, "/reminders/0/minutes_before");
        refuses(reminding(due, null, DUE.plusMillis(1)), DUE, "/reminders/0/remind_at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1899-12-31T23:59:59.999999Z", "+10000-01-01T00:00:00Z"})
    void aReminderThatNoDateCanSayIsRefused(Instant at) {
        refuses(reminding(DRAFT, null, at), null, "/reminders/0/remind_at");
    }

    @Test
    void theLastDayOfAllEndsEverywhereWithItsYear() {
        Due last = new Due(LocalDate.of(9999, 12, 31), null, null);
        for (String zone : new String[] {"Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"}) {
            assertThat(TaskRules.dueAt(last, ZoneId.of(zone)))
                    .isBeforeOrEqualTo(Instant.parse("9999-12-31T23:59:59.999999Z"));
        }
        refuses(draft("Rent", new Due(LocalDate.of(10000, 1, 1), null, null), List.of()), DUE, "/due_date");
        refuses(draft("Rent", new Due(LocalDate.of(1899, 12, 31), null, null), List.of()), DUE, "/due_date");
    }

    private static TaskDraft reminding(TaskDraft draft, @Nullable Integer minutes, @Nullable Instant at) {
        return draft(draft.title(), draft.due(), List.of(new Reminder(minutes, at)));
    }

    private static TaskDraft draft(String title, @Nullable Due due, List<Reminder> reminders) {
        return new TaskDraft(
                title, "By transfer", false, Priority.HIGH, List.of("home"), due, reminders, null, Mode.FIXED);
    }

    private static Task task(TaskDraft draft, @Nullable Instant completedAt, Instant updatedAt) {
        return new Task(7, "alice", draft, completedAt, null, null, null, CREATED, updatedAt, 3);
    }

    private static void refuses(TaskDraft draft, @Nullable Instant dueAt, String pointer) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> TaskRules.ensureSound(draft, dueAt))
                .satisfies(problem -> assertThat(problem.errors())
                        .extracting(InputError::pointer)
                        .containsExactly(pointer));
    }
}
