package dev.todo.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskCursorTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T08:00:00.123456Z");
    private static final Instant UPDATED = Instant.parse("2026-02-02T09:00:00.654321Z");
    private static final int KEY_AT = 17;

    @ParameterizedTest
    @CsvSource({
        "CREATED_AT,false",
        "CREATED_AT,true",
        "UPDATED_AT,false",
        "UPDATED_AT,true",
        "TITLE,false",
        "TITLE,true"
    })
    void whatWasWrittenIsRead(TaskOrder.Key key, boolean descending) {
        TaskQuery query = query("alice", TaskStatus.ALL, key, descending);
        TaskCursor cursor = TaskCursor.after(task("Zähler 😀"), query.order());
        assertThat(TaskCursor.decode(cursor.encode(query), query)).isEqualTo(cursor);
        assertThat(cursor.key())
                .isEqualTo(
                        switch (key) {
                            case CREATED_AT -> CREATED;
                            case UPDATED_AT -> UPDATED;
                            case TITLE -> "Zähler 😀";
                        });
        assertThat(cursor.id()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z", "9999-12-31T23:59:59Z"})
    void timesFarAwayAreKeptToTheMicrosecond(Instant time) {
        TaskQuery query = query("alice", TaskStatus.ALL, TaskOrder.Key.CREATED_AT, true);
        TaskCursor cursor = new TaskCursor(time, 1);
        assertThat(TaskCursor.decode(cursor.encode(query), query)).isEqualTo(cursor);
    }

    @Test
    void theLongestTitleFitsTheContract() {
        TaskQuery query = query("alice", TaskStatus.ALL, TaskOrder.Key.TITLE, false);
        String written = TaskCursor.after(task("😀".repeat(200)), query.order()).encode(query);
        assertThat(written).hasSizeLessThanOrEqualTo(4096).matches("[A-Za-z0-9_-]+");
        assertThat(TaskCursor.decode(written, query).key()).isEqualTo("😀".repeat(200));
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
        assertThat(written).hasSize(2 * 3 * 3 * 2);
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
    void aDamagedHeadIsRefused(TaskOrder.Key key) {
        TaskQuery query = query("alice", TaskStatus.ALL, key, true);
        byte[] whole = Base64.getUrlDecoder().decode(write(query));
        for (int bit = 0; bit < 9 * Byte.SIZE; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            refused(encoded(damaged), query);
        }
    }

    @ParameterizedTest
    @EnumSource(value = TaskOrder.Key.class, names = "TITLE", mode = EnumSource.Mode.EXCLUDE)
    void aTimeThatIsTooShortTooLongOrOutOfThisWorldIsRefused(TaskOrder.Key key) {
        TaskQuery query = query("alice", TaskStatus.ALL, key, true);
        byte[] whole = Base64.getUrlDecoder().decode(write(query));
        for (int length = 0; length < whole.length; length++) {
            refused(encoded(Arrays.copyOf(whole, length)), query);
        }
        refused(encoded(Arrays.copyOf(whole, whole.length + 1)), query);
        for (long micros :
                new long[] {Long.MIN_VALUE, Long.MAX_VALUE, -62_135_596_800_000_001L, 253_402_300_799_000_001L}) {
            refused(
                    encoded(ByteBuffer.wrap(whole.clone())
                            .putLong(KEY_AT, micros)
                            .array()),
                    query);
        }
    }

    @Test
    void aTitleThatNoTaskCanHaveIsRefused() {
        TaskQuery query = query("alice", TaskStatus.ALL, TaskOrder.Key.TITLE, true);
        refused(withTitle(query, "a\0b".getBytes(UTF_8)), query);
        refused(withTitle(query, "a".repeat(201).getBytes(UTF_8)), query);
        refused(withTitle(query, "😀".repeat(201).getBytes(UTF_8)), query);
        refused(withTitle(query, new byte[] {(byte) 0xff}), query);
        refused(withTitle(query, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}), query);
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

    private static String withTitle(TaskQuery query, byte[] title) {
        byte[] head = Arrays.copyOf(Base64.getUrlDecoder().decode(write(query)), KEY_AT);
        return encoded(
                ByteBuffer.allocate(KEY_AT + title.length).put(head).put(title).array());
    }

    private static String write(TaskQuery query) {
        return TaskCursor.after(task("Rent"), query.order()).encode(query);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static TaskQuery query(String user, TaskStatus status, TaskOrder.Key key, boolean descending) {
        return new TaskQuery(user, status, new TaskOrder(key, descending), 50, null);
    }

    private static Task task(String title) {
        return new Task(Long.MAX_VALUE, "alice", title, null, false, null, CREATED, UPDATED, 1);
    }
}
