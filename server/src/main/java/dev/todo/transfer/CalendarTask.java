package dev.todo.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.todo.transfer.CalendarComponent.Property;
import dev.todo.values.CaseFolding;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Reads a {@code VTODO} as the contract's {@code TaskImport}, by which it is then judged like any other line. */
final class CalendarTask {
    private static final JsonMapper JSON = JsonMapper.shared();
    /** Before it programs mean no time at all: Outlook writes the year 0 for one that it does not know. */
    private static final int FIRST_YEAR = 1900;

    private final CalendarComponent todo;
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    private CalendarTask(CalendarComponent todo) {
        this.todo = todo;
    }

    static byte[] json(byte[] component) {
        CalendarTask task = new CalendarTask(CalendarComponent.parse(text(component)));
        task.read();
        return JSON.writeValueAsBytes(task.fields);
    }

    private static String text(byte[] component) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(component)).toString();
        } catch (CharacterCodingException e) {
            throw new EntryRefused("is not UTF-8");
        }
    }

    private void read() {
        putText("title", "SUMMARY");
        putText("description", "DESCRIPTION");
        readCompletion();
        todo.property("PRIORITY").ifPresent(property -> fields.put("priority", priority(property)));
        fields.put("tags", tags());
        CalendarTime due = due();
        if (due != null) {
            fields.put("due_date", due.date().toString());
            fields.put("due_time", due.time() == null ? null : minute(due.time()));
            fields.put(
                    "due_time_zone",
                    due.time() == null || due.zone() == null ? null : due.zone().getId());
        }
        fields.put("reminders", CalendarAlarms.reminders(todo, start(), due));
        todo.property("RRULE")
                .or(() -> todo.property(Extension.RECURRENCE))
                .ifPresent(property -> fields.put("recurrence", property.value().strip()));
        todo.property(Extension.RECURRENCE_MODE).ifPresent(property -> fields.put("recurrence_mode", property.value()));
        time("CREATED").ifPresent(created -> fields.put("created_at", created));
        putNumber("id", Extension.ID);
        putNumber("series_id", Extension.SERIES_ID);
        putNumber("next_occurrence_id", Extension.NEXT_OCCURRENCE_ID);
    }

    private void putText(String field, String property) {
        todo.property(property)
                .ifPresent(found ->
                        fields.put(field, Extension.exact(todo, property, ContentLine.unescaped(found.value()))));
    }

    private void putNumber(String field, String property) {
        todo.property(property).ifPresent(found -> {
            if (!found.value().matches("[0-9]{1,18}")) {
                throw new EntryRefused("has a " + property + " that is no number");
            }
            fields.put(field, Long.valueOf(found.value()));
        });
    }

    private void readCompletion() {
        String status = todo.property("STATUS").map(CalendarTask::keyword).orElse("");
        boolean done = switch (status) {
            case "COMPLETED", "CANCELLED" -> true;
            case "" ->
                todo.property("COMPLETED").isPresent()
                        || todo.property("PERCENT-COMPLETE")
                                .map(percent -> percent.value().strip().equals("100"))
                                .orElse(false);
            default -> false;
        };
        fields.put("completed", done);
        fields.put("completed_at", done ? time("COMPLETED").orElse(null) : null);
    }

    private Optional<String> time(String property) {
        return todo.property(property)
                .filter(found -> CalendarTime.of(found).date().getYear() >= FIRST_YEAR)
                .map(found -> Extension.micros(found, CalendarTime.of(found).instant())
                        .toString());
    }

    private static String priority(Property property) {
        return switch (property.value().strip()) {
            case "0" -> "none";
            case "1", "2" -> "urgent";
            case "3", "4" -> "high";
            case "5" -> "medium";
            case "6", "7", "8", "9" -> "low";
            default -> throw new EntryRefused("has a PRIORITY other than 0 to 9");
        };
    }

    /** Other programs may know a tag twice. */
    private List<String> tags() {
        List<String> written = todo.properties("CATEGORIES")
                .flatMap(property -> ContentLine.texts(property.value()).stream())
                .toList();
        Set<String> keys = new HashSet<>();
        return Extension.exact(todo, written).stream()
                .filter(tag -> !tag.isBlank() && keys.add(CaseFolding.of(tag.strip())))
                .toList();
    }

    private @Nullable CalendarTime due() {
        CalendarTime due = todo.property("DUE").map(CalendarTime::of).orElse(null);
        CalendarTime start = start();
        if (due != null || start == null) {
            return due;
        }
        Property duration = todo.property("DURATION").orElse(null);
        if (duration != null) {
            return start.plus(CalendarDuration.parse("DURATION", duration.value()));
        }
        // A start alone says nothing of the end, other than that there are occurrences.
        return todo.property("RRULE").isPresent() ? start : null;
    }

    private @Nullable CalendarTime start() {
        return todo.property("DTSTART").map(CalendarTime::of).orElse(null);
    }

    private static String keyword(Property property) {
        return property.value().strip().toUpperCase(Locale.ROOT);
    }

    private static String minute(LocalTime time) {
        return time.truncatedTo(ChronoUnit.MINUTES).toString();
    }
}
