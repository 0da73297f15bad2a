package dev.todo.client;

import dev.todo.client.generated.model.RecurrenceModeJson;

/**
 * What the next occurrence of a task that repeats is counted from.
 *
 * <pre>{@code
 * TaskDraft.titled("Water the plants")
 *         .due(LocalDate.of(2026, 12, 1))
 *         .every("FREQ=DAILY;INTERVAL=3")
 *         .recurrenceMode(RecurrenceMode.AFTER_COMPLETION);
 * }</pre>
 */
public final class RecurrenceMode extends OpenValue {
    /** The due date. */
    public static final RecurrenceMode FIXED = of(RecurrenceModeJson.FIXED.value());

    /** The day of completion. */
    public static final RecurrenceMode AFTER_COMPLETION = of(RecurrenceModeJson.AFTER_COMPLETION.value());

    private RecurrenceMode(String value) {
        super(value);
    }

    /** The value with this word, whether this client knows it or not. */
    public static RecurrenceMode of(String value) {
        return new RecurrenceMode(value);
    }

    RecurrenceModeJson json() {
        return new RecurrenceModeJson(value());
    }
}
