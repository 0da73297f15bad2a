package dev.todo.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.todo.tasks.Priority;
import dev.todo.tasks.Reminder;
import dev.todo.tasks.Task;
import dev.todo.tasks.TaskDraft;
import dev.todo.tasks.recurrence.Due;
import dev.todo.tasks.recurrence.Mode;
import dev.todo.tasks.recurrence.Rule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes tasks into one iCalendar file, each time zone before the first that is due in it. */
public final class CalendarWriter {
    public static final String HEAD =
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Todo API//EN\r\nCALSCALE:GREGORIAN\r\n";
    public static final String FOOT = "END:VCALENDAR\r\n";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");
    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;

    private final Set<ZoneId> told = new HashSet<>();

    public String write(Task task) {
        TaskDraft draft = task.draft();
        StringBuilder text = new StringBuilder();
        Due due = draft.due();
        if (due != null && due.zone() != null && !due.zone().equals(CalendarTime.UTC) && told.add(due.zone())) {
            text.append(ZoneDefinitions.of(due.zone()));
        }
        text.append("BEGIN:VTODO\r\n")
                .append(ContentLine.of("UID", uid(task.userId(), task.id())))
                .append(time("DTSTAMP", task.updatedAt()))
                .append(time("CREATED", task.createdAt()))
                .append(time("LAST-MODIFIED", task.updatedAt()))
                .append(Extension.text("SUMMARY", draft.title()));
        if (draft.description() != null) {
            text.append(Extension.text("DESCRIPTION", draft.description()));
        }
        text.append(ContentLine.of("STATUS", draft.completed() ? "COMPLETED" : "NEEDS-ACTION"));
        if (task.completedAt() != null) {
            text.append(time("COMPLETED", task.completedAt()));
        }
        if (draft.priority() != Priority.NONE) {
            text.append(ContentLine.of("PRIORITY", priority(draft.priority())));
        }
        if (!draft.tags().isEmpty()) {
            text.append(Extension.categories(draft.tags()));
        }
        if (due != null) {
            text.append(due("DUE", due));
        }
        if (draft.mode() != Mode.FIXED) {
            text.append(ContentLine.of(
                    Extension.RECURRENCE_MODE, draft.mode().name().toLowerCase(Locale.ROOT)));
        }
        appendSeries(task, due, text);
        boolean wholeDay = due != null && due.time() == null;
        draft.reminders().forEach(reminder -> text.append(alarm(reminder, wholeDay, draft.title())));
        return text.append("END:VTODO\r\n").toString();
    }

    private static void appendSeries(Task task, @Nullable Due due, StringBuilder text) {
        Rule rule = task.draft().rule();
        if (rule != null && task.nextId() != null) {
            text.append(ContentLine.of(Extension.RECURRENCE, rule.text()));
        } else if (rule != null && due != null) {
            text.append(due("DTSTART", due)).append(ContentLine.of("RRULE", rule.text()));
        }
        Long series = task.seriesId();
        if (series == null) {
            return;
        }
        text.append(ContentLine.of(Extension.ID, Long.toString(task.id())))
                .append(ContentLine.of(Extension.SERIES_ID, Long.toString(series)));
        if (series != task.id()) {
            text.append(ContentLine.of("RELATED-TO;RELTYPE=SIBLING", uid(task.userId(), series)));
        }
        if (task.nextId() != null) {
            text.append(ContentLine.of(Extension.NEXT_OCCURRENCE_ID, Long.toString(task.nextId())));
        }
    }

    /** The same in each export, and another one for whoever imports it. */
    private static String uid(String userId, long id) {
        return UUID.nameUUIDFromBytes((id + " " + userId).getBytes(UTF_8)).toString();
    }

    private static String due(String property, Due due) {
        if (due.time() == null) {
            return ContentLine.of(property + ";VALUE=DATE", due.date().format(DATE));
        }
        String local = LocalDateTime.of(due.date(), due.time()).format(TIME);
        if (due.zone() == null) {
            return ContentLine.of(property, local);
        }
        return due.zone().equals(CalendarTime.UTC)
                ? ContentLine.of(property, local + "Z")
                : ContentLine.of(property + ";TZID=" + due.zone().getId(), local);
    }

    private static String alarm(Reminder reminder, boolean wholeDay, String title) {
        Integer minutesBefore = reminder.minutesBefore();
        Instant at = reminder.at();
        String trigger = minutesBefore == null
                ? time("TRIGGER;VALUE=DATE-TIME", requireNonNull(at))
                : ContentLine.of("TRIGGER;RELATED=END", CalendarAlarms.trigger(minutesBefore, wholeDay));
        return "BEGIN:VALARM\r\nACTION:DISPLAY\r\n" + ContentLine.ofText("DESCRIPTION", Extension.plain(title))
                + trigger + "END:VALARM\r\n";
    }

    private static String time(String property, Instant time) {
        return ContentLine.of(
                Extension.withMicros(property, time),
                LocalDateTime.ofInstant(time, ZoneOffset.UTC).format(TIME) + "Z");
    }

    private static String priority(Priority priority) {
        return switch (priority) {
            case NONE -> "0";
            case LOW -> "7";
            case MEDIUM -> "5";
            case HIGH -> "3";
            case URGENT -> "1";
        };
    }
}
