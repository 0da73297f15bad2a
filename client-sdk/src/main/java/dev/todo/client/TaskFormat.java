package dev.todo.client;

/**
 * The formats of files with tasks.
 *
 * <pre>{@code
 * todo.tasks().exportTo(Path.of("tasks.ics"), TaskFormat.ICALENDAR);
 * }</pre>
 */
public enum TaskFormat {
    /** JSON Lines: a task in each line. */
    JSON_LINES("application/x-ndjson"),
    /** iCalendar (RFC 5545): a {@code VTODO} for each task. */
    ICALENDAR("text/calendar");

    private final String mediaType;

    TaskFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    String accept() {
        return mediaType + ", application/problem+json";
    }
}
