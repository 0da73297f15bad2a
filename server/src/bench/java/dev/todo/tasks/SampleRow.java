package dev.todo.tasks;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** Rows of tasks as the driver hands them out. */
public enum SampleRow implements Readable {
    /** A title and a description. */
    PLAIN(new String[0], null, null, null, new String[0], null, null),
    /** Whatever a task can have. */
    FULL(
            new String[] {"home", "garden", "weekly"},
            LocalDate.parse("2026-12-01"),
            LocalTime.parse("10:00"),
            "Europe/Berlin",
            new String[] {"30", "2026-11-30T18:00:00Z"},
            "FREQ=WEEKLY;BYDAY=TU",
            Instant.parse("2026-12-01T09:00:00Z"));

    @SuppressWarnings("ImmutableEnumChecker") // Nobody writes into it.
    private final @Nullable Object[] values;

    SampleRow(
            String[] tags,
            @Nullable LocalDate dueDate,
            @Nullable LocalTime dueTime,
            @Nullable String dueTimeZone,
            String[] reminders,
            @Nullable String recurrence,
            @Nullable Instant dueAt) {
        values = new @Nullable Object[] {
            4_711L,
            "alice",
            "Water the plants",
            "Those on the balcony twice, and the one in the kitchen not at all.",
            false,
            Priority.HIGH.rank,
            tags,
            dueDate,
            dueTime,
            dueTimeZone,
            reminders,
            recurrence,
            "FIXED",
            null,
            dueAt,
            null,
            null,
            Instant.parse("2026-01-01T08:00:00.123456Z"),
            Instant.parse("2026-02-02T09:00:00.654321Z"),
            3L
        };
    }

    public Task task() {
        return TaskStore.task(this);
    }

    @Override
    public <T> @Nullable T get(int column, Class<T> type) {
        return type.cast(values[column]);
    }

    @Override
    public <T> @Nullable T get(String name, Class<T> type) {
        throw new UnsupportedOperationException("Columns are read by their place.");
    }
}
