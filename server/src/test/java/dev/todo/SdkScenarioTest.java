package dev.todo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.todo.client.BulkChange;
import dev.todo.client.BulkResult;
import dev.todo.client.NotFoundException;
import dev.todo.client.PreconditionFailedException;
import dev.todo.client.Priority;
import dev.todo.client.ProblemCode;
import dev.todo.client.RecurrenceMode;
import dev.todo.client.Reminder;
import dev.todo.client.Tag;
import dev.todo.client.Task;
import dev.todo.client.TaskDraft;
import dev.todo.client.TaskPatch;
import dev.todo.client.TaskQuery;
import dev.todo.client.TaskSelection;
import dev.todo.client.TaskStats;
import dev.todo.client.TrashedTask;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Both halves of the contract together: our own client, made from it, speaks to the server, made from it. */
class SdkScenarioTest extends SdkTest {
    private static final LocalDate DAY = LocalDate.of(2126, 12, 2);

    @Test
    void aTasksWholeLife() {
        Task rent = todo.tasks()
                .create(TaskDraft.titled("Miete zahlen 🏠")
                        .description("Überweisung")
                        .priority(Priority.HIGH)
                        .tags("home", "Geld")
                        .due(DAY, LocalTime.of(9, 0), ZoneId.of("Europe/Berlin"))
                        .reminders(Reminder.before(Duration.ofHours(2))));
        assertThat(rent.title()).isEqualTo("Miete zahlen 🏠");
        assertThat(rent.dueAt()).isNotNull();
        assertThat(rent.reminders()).containsExactly(Reminder.before(Duration.ofHours(2)));
        assertThat(todo.tasks().get(rent.id())).isEqualTo(rent).hasSameHashCodeAs(rent);
        assertThat(todo.tasks().getIfChanged(rent)).isEmpty();

        Task renamed = todo.tasks().update(rent, TaskPatch.change().title("Miete"));
        assertThat(renamed.description()).isEqualTo("Überweisung");
        assertThat(todo.tasks().getIfChanged(rent)).contains(renamed);
        assertThatExceptionOfType(PreconditionFailedException.class)
                .isThrownBy(() -> todo.tasks().update(rent, TaskPatch.change().title("Gas")))
                .satisfies(overtaken -> assertThat(overtaken.code()).isEqualTo(ProblemCode.PRECONDITION_FAILED));
        Task bare = todo.tasks()
                .update(
                        rent.id(),
                        TaskPatch.change().description(null).reminders().noDue());
        assertThat(bare.description()).isNull();
        assertThat(bare.dueDate()).isNull();

        Task louder = todo.tasks()
                .modify(
                        rent.id(),
                        task -> TaskPatch.change().title(task.title() + "!").tags());
        assertThat(louder.title()).isEqualTo("Miete!");
        assertThat(louder.tags()).isEmpty();
        assertThat(todo.tasks().modify(rent.id(), task -> TaskPatch.change())).isEqualTo(louder);
        assertThat(todo.tasks().complete(rent.id()).completedAt()).isNotNull();
        assertThat(todo.tasks().reopen(rent.id()).completed()).isFalse();

        Task replaced = todo.tasks().replace(rent.id(), TaskDraft.titled("Gas").completed(true));
        assertThat(replaced.priority()).isEqualTo(Priority.NONE);
        Task again = todo.tasks().replace(replaced, TaskDraft.like(rent));
        assertThat(again.tags()).containsExactly("home", "Geld");
        assertThat(again.dueTimeZone()).isEqualTo("Europe/Berlin");

        assertThatExceptionOfType(PreconditionFailedException.class)
                .isThrownBy(() -> todo.tasks().delete(rent));
        todo.tasks().delete(again);
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> todo.tasks().get(rent.id()));
        assertThat(todo.trash().list()).extracting(TrashedTask::task).containsExactly(again);
        assertThat(todo.trash().restore(rent.id()).title()).isEqualTo("Miete zahlen 🏠");
        todo.tasks().delete(rent.id());
        todo.trash().purge(rent.id());
        todo.trash().empty();
        assertThat(todo.trash().list().toList()).isEmpty();
    }

    @Test
    void whatRepeatsIsFollowed() {
        Task water = todo.tasks()
                .create(TaskDraft.titled("Water the plants").due(DAY).every("FREQ=DAILY"));
        Task moved = todo.tasks().skip(water);
        assertThat(moved.dueDate()).isEqualTo(DAY.plusDays(1));
        refused(() -> todo.tasks().complete(water));
        refused(() -> todo.tasks().reopen(water));
        refused(() -> todo.tasks().skip(water));
        Task done = todo.tasks().complete(moved);
        long next = Objects.requireNonNull(done.nextOccurrenceId());
        assertThat(todo.tasks().occurrences(water.id(), 1))
                .extracting(Task::id)
                .containsExactlyInAnyOrder(water.id(), next);
        Task last = todo.tasks()
                .update(
                        next,
                        TaskPatch.change()
                                .dueDate(DAY.plusDays(9))
                                .dueTime(LocalTime.NOON)
                                .dueTimeZone(ZoneId.of("Asia/Tokyo"))
                                .recurrenceMode(RecurrenceMode.AFTER_COMPLETION)
                                .every("FREQ=WEEKLY"));
        assertThat(last.recurrenceMode()).isEqualTo(RecurrenceMode.AFTER_COMPLETION);
        assertThat(last.dueTime()).isEqualTo(LocalTime.NOON);
        assertThat(todo.tasks()
                        .update(last, TaskPatch.change().dueTime(null).noRecurrence())
                        .recurrence())
                .isNull();
    }

    @Test
    void aListIsFilteredOrderedAndWalkedPageByPage() {
        for (String title : List.of("c", "a", "B")) {
            todo.tasks().create(TaskDraft.titled(title).tags("home").due(DAY));
        }
        TaskQuery query = TaskQuery.pending()
                .tag("home")
                .anyTag("home", "garden")
                .priority(Priority.NONE, Priority.LOW)
                .overdue(false)
                .recurring(false)
                .dueAfter(Instant.now())
                .dueBefore(Instant.now().plus(Duration.ofDays(99_999)))
                .createdAfter(Instant.EPOCH)
                .createdBefore(Instant.now().plusSeconds(60))
                .updatedAfter(Instant.EPOCH)
                .updatedBefore(Instant.now().plusSeconds(60))
                .sort("-priority", "title")
                .pageSize(1);
        assertThat(todo.tasks().list(query)).extracting(Task::title).containsExactly("a", "B", "c");
        assertThat(todo.tasks().list(TaskQuery.all().words("a"))).hasSize(1);
        assertThat(todo.tasks().list(TaskQuery.completed())).isEmpty();
        assertThat(todo.tasks().list(TaskQuery.all().undated())).isEmpty();
        assertThat(todo.tasks().list(TaskQuery.all().dueToday())).isEmpty();
        assertThat(todo.tasks()
                        .list(TaskQuery.all().dueThisWeek())
                        .page(null)
                        .items()
                        .size())
                .isIn(0, 3);
    }

    @Test
    void manyTasksChangeAtOnce() {
        long a = todo.tasks().create(TaskDraft.titled("a").tags("home")).id();
        long b = todo.tasks().create(TaskDraft.titled("b").tags("home")).id();
        BulkResult would = todo.tasks()
                .completeAll(TaskSelection.matching(TaskQuery.all().tag("home")).dryRun());
        assertThat(would.dryRun()).isTrue();
        assertThat(would.matched()).isEqualTo(2);
        assertThat(todo.tasks().completeAll(TaskSelection.ids(a, b, 4711)).notFound())
                .containsExactly(4711L);
        assertThat(todo.tasks().reopenAll(TaskSelection.ids(a)).changed()).isEqualTo(1);
        BulkChange change =
                BulkChange.change().addTags("garden").removeTags("home").priority(Priority.LOW);
        assertThat(todo.tasks().updateAll(TaskSelection.ids(a, b), change).changed())
                .isEqualTo(2);
        assertThat(todo.tags().list()).extracting(Tag::name).containsExactly("garden");
        assertThat(todo.tags().rename("garden", "a/b;c").tasks()).isEqualTo(2);
        TaskStats stats = todo.tasks().stats();
        assertThat(stats.byPriority()).containsEntry(Priority.LOW, 2);
        assertThat(stats.byTag()).containsEntry("a/b;c", 2);
        assertThat(stats.completedPerDay()).hasSize(30);
        assertThat(stats.completionRate()).isEqualTo(0.5);
        todo.tags().delete("a/b;c");
        assertThat(todo.tasks()
                        .deleteAll(TaskSelection.matching(TaskQuery.all()))
                        .changed())
                .isEqualTo(2);
    }

    private static void refused(ThrowingCallable call) {
        assertThatExceptionOfType(PreconditionFailedException.class).isThrownBy(call);
    }
}
