package dev.todo.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import dev.todo.tasks.recurrence.Mode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskCursorTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T08:00:00.123456Z");
    private static final Instant DUE = Instant.parse("2026-12-01T10:00:00Z");
    private static final Instant UPDATED = Instant.parse("2026-02-02T09:00:00.654321Z");

    @ParameterizedTest
    @EnumSource(TaskOrder.Key.class)
    void whatWasWrittenIsRead(TaskOrder.Key key) {
        for (boolean descending : new boolean[] {false, true}) {
            TaskQuery query = query("alice", TaskStatus.ALL, key, descending);
            TaskCursor cursor = TaskCursor.after(task("Zähler 😀"), query.order());
            assertThat(TaskCursor.decode(cursor.encode(query), query)).isEqualTo(cursor);
            Object expected = switch (key) {
                case CREATED_AT -> CREATED;
                case UPDATED_AT -> UPDATED;
                case TITLE -> "Zähler 😀";
                case DUE_AT -> DUE;
                case PRIORITY -> (short) 3;
                case COMPLETED_AT -> null;
                case RELEVANCE -> -0.6f;
            };
            assertThat(cursor.keys()).isEqualTo(Collections.singletonList(expected));
            assertThat(cursor.id()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void severalKeysAreKeptInTheirOrder() {
        TaskOrder order = new TaskOrder(List.of(
                new TaskOrder.Term(TaskOrder.Key.PRIORITY, true),
                new TaskOrder.Term(TaskOrder.Key.COMPLETED_AT, false),
                new TaskOrder.Term(TaskOrder.Key.TITLE, false)));
        TaskQuery query = new TaskQuery("alice", TaskFilter.of(TaskStatus.ALL), order, 50, null);
        TaskCursor cursor = TaskCursor.after(task("Rent"), order);
        assertThat(cursor.keys()).containsExactly((short) 3, null, "Rent");
        assertThat(TaskCursor.decode(cursor.encode(query), query)).isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z", "9999-12-31T23:59:59Z"})
    void timesFarAwayAreKeptToTheMicrosecond(Instant time) {
        TaskQuery query = query("alice", TaskStatus.ALL, TaskOrder.Key.CREATED_AT, true);
        TaskCursor cursor = new TaskCursor(List.of(time), 1);
        assertThat(TaskCursor.decode(cursor.encode(query), query)).isEqualTo(cursor);
    }

    @Test
    void theLongestTitleFitsTheContract() {
        TaskQuery query = query("alice", TaskStatus.ALL, TaskOrder.Key.TITLE, false);
        String written = TaskCursor.after(task("😀".repeat(200)), query.order()).encode(query);
        assertThat(written).hasSizeLessThanOrEqualTo(4096).matches("[A-Za-z0-9_-]+");
        assertThat(TaskCursor.decode(written, query).keys()).containsExactly("😀".repeat(200));
    }

    @Test
    void aCursorBelongsToItsUserFilterAndOrder() {
        Set<String> written = new HashSet<>();
        for (String user : new String[] {"alice", "bob"}) {
            for (TaskStatus status : TaskStatus.values()) {
                for (TaskOrder.Key key : TaskOrder.Key.values()) {
                    written.add(write(query(user, status, key, false)));
                    written.add(write(query(user, status, key, true)));
                }
            }
        }
        assertThat(written).hasSize(2 * 3 * TaskOrder.Key.values().length * 2);
        TaskQuery query = query("alice", TaskStatus.PENDING, TaskOrder.Key.CREATED_AT, true);
        written.remove(write(query));
        assertThat(written).allSatisfy(foreign -> refused(foreign, query));
    }

    @Test
    void theUserCannotBeMistakenForTheFilter() {
        String written = write(query("alice\0ALL", TaskStatus.ALL, TaskOrder.Key.CREATED_AT, true));
        refused(written, query("alice", TaskStatus.ALL, TaskOrder.Key.CREATED_AT, true));
    }

    @ParameterizedTest
    @EnumSource(TaskOrder.Key.class)
    void damageToAnyBitIsRefused(TaskOrder.Key key) {
        TaskQuery query = query("alice", TaskStatus.ALL, key, true);
        byte[] whole = Base64.getUrlDecoder().decode(write(query));
        for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            refused(encoded(damaged), query);
        }
    }

    @ParameterizedTest
    @EnumSource(TaskOrder.Key.class)
    void aCursorThatIsTooShortOrTooLongIsRefused(TaskOrder.Key key) {
        TaskQuery query = query("alice", TaskStatus.ALL, key, true);
        byte[] whole = Base64.getUrlDecoder().decode(write(query));
        for (int length = 0; length < whole.length; length++) {
            refused(encoded(Arrays.copyOf(whole, length)), query);
        }
        refused(encoded(Arrays.copyOf(whole, whole.length + 1)), query);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-12-31T23:59:59.999999Z", "+10000-01-01T00:00:00Z", "+100000-01-01T00:00:00Z"})
    void aTimeOutOfThisWorldIsRefusedThoughItsDigestIsRight(Instant time) {
        TaskQuery query = query("alice", TaskStatus.ALL, TaskOrder.Key.CREATED_AT, true);
        refused(new TaskCursor(List.of(time), 1).encode(query), query);
    }

    @Test
    void aTitleThatNoTaskCanHaveIsRefusedThoughItsDigestIsRight() {
        TaskQuery query = query("alice", TaskStatus.ALL, TaskOrder.Key.TITLE, true);
        for (String title : new String[] {"a\0b", "a".repeat(201), "😀".repeat(201)}) {
            refused(withTitle(query, title), query);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AQ", "_", "----", "nonsense", "AQ AQ", "AQ=="})
    void whatIsNoCursorIsRefused(String nonsense) {
        refused(nonsense, query("alice", TaskStatus.ALL, TaskOrder.Key.TITLE, true));
    }

    private static void refused(String cursor, TaskQuery query) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> TaskCursor.decode(cursor, query))
                .extracting(Problem::type)
                .isEqualTo(ProblemType.INVALID_CURSOR);
    }

    private static String withTitle(TaskQuery query, String title) {
        return new TaskCursor(List.of(title), 1).encode(query);
    }

    private static String write(TaskQuery query) {
        return TaskCursor.after(task("Rent"), query.order()).encode(query);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static TaskQuery query(String user, TaskStatus status, TaskOrder.Key key, boolean descending) {
        return new TaskQuery(user, TaskFilter.of(status), TaskOrder.by(key, descending), 50, null);
    }

    private static TaskStore.Found task(String title) {
        TaskDraft draft =
                new TaskDraft(title, null, false, Priority.HIGH, List.of(), null, List.of(), null, Mode.FIXED);
        return new TaskStore.Found(
                new Task(Long.MAX_VALUE, "alice", draft, null, DUE, null, null, CREATED, UPDATED, 1), -0.6f);
    }
}
