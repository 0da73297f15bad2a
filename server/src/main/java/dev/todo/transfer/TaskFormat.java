package dev.todo.transfer;

import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;

/** What tasks are exported to, and imported from. */
public enum TaskFormat {
    JSON_LINES,
    CALENDAR;

    /** The tasks of a file, while it is read. */
    public Flux<Entry> entries(Flux<DataBuffer> file) {
        return switch (this) {
            case JSON_LINES -> JsonLines.entries(file);
            case CALENDAR -> CalendarEntries.entries(file);
        };
    }
}
