package dev.todo.transfer.web;

import dev.todo.transfer.TaskFormat;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** The formats of tasks as HTTP calls them. That they are taken, or accepted, has been judged before. */
final class MediaTypes {
    private static final MediaType CALENDAR = new MediaType("text", "calendar");

    private MediaTypes() {}

    static MediaType of(TaskFormat format) {
        return switch (format) {
            case JSON_LINES -> MediaType.APPLICATION_NDJSON;
            case CALENDAR -> new MediaType(CALENDAR, StandardCharsets.UTF_8);
        };
    }

    static TaskFormat sent(HttpHeaders headers) {
        return CALENDAR.equalsTypeAndSubtype(headers.getContentType()) ? TaskFormat.CALENDAR : TaskFormat.JSON_LINES;
    }

    /** JSON Lines, unless iCalendar is liked better. */
    static TaskFormat preferred(HttpHeaders headers) {
        List<MediaType> accepted = headers.getAccept();
        return quality(CALENDAR, accepted) > quality(MediaType.APPLICATION_NDJSON, accepted)
                ? TaskFormat.CALENDAR
                : TaskFormat.JSON_LINES;
    }

    /** As the range has it that says most about the type (RFC 9110, 12.5.1). */
    private static double quality(MediaType type, List<MediaType> ranges) {
        return ranges.stream()
                .filter(range -> range.includes(type))
                .max(Comparator.comparingInt(range -> range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2))
                .map(MediaType::getQualityValue)
                .orElse(0.0);
    }
}
