package dev.todo.transfer;

import dev.todo.transfer.CalendarComponent.Property;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The alarms of a {@code VTODO} as reminders. What no task can keep is passed over, lest it cost the whole task. */
final class CalendarAlarms {
    private static final int MOST = 10;
    private static final long EARLIEST_MINUTES = Duration.ofDays(365).toMinutes();
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 9999;
    /** A task without a time is due when its day ends; iCalendar counts from where the day begins. */
    private static final Duration WHOLE_DAY = Duration.ofDays(1);

    private final @Nullable CalendarTime start;
    private final @Nullable CalendarTime due;

    private CalendarAlarms(@Nullable CalendarTime start, @Nullable CalendarTime due) {
        this.start = start;
        this.due = due;
    }

    static List<Map<String, Object>> reminders(
            CalendarComponent todo, @Nullable CalendarTime start, @Nullable CalendarTime due) {
        CalendarAlarms alarms = new CalendarAlarms(start, due);
        return todo.inside().stream()
                .filter(CalendarAlarms::goesOff)
                .flatMap(alarm -> alarm.property("TRIGGER").stream())
                .flatMap(trigger -> alarms.reminder(trigger).stream())
                .limit(MOST)
                .toList();
    }

    static String trigger(int minutesBefore, boolean wholeDay) {
        long after = (wholeDay ? WHOLE_DAY.toMinutes() : 0) - minutesBefore;
        return after > 0 ? "PT" + after + "M" : "-PT" + -after + "M";
    }

    /** Apple's alarms at a place have a time as well, which means nothing. */
    private static boolean goesOff(CalendarComponent alarm) {
        return alarm.name().equals("VALARM")
                && alarm.property("X-APPLE-PROXIMITY").isEmpty()
                && !alarm.property("ACTION")
                        .map(action -> action.value().strip().toUpperCase(Locale.ROOT))
                        .orElse("")
                        .equals("NONE");
    }

    private Optional<Map<String, Object>> reminder(Property trigger) {
        if (trigger.value().indexOf('P') < 0) {
            return at(Extension.micros(trigger, CalendarTime.of(trigger).instant()));
        }
        Duration after = CalendarDuration.parse("TRIGGER", trigger.value());
        boolean toEnd = trigger.parameter("RELATED")
                .map(related -> related.equalsIgnoreCase("END"))
                .orElse(false);
        if (due != null) {
            return before(
                    due, toEnd || start == null ? after : after.minus(Duration.between(start.local(), due.local())));
        }
        return toEnd || start == null || start.time() == null || start.zone() == null
                ? Optional.empty()
                : at(start.instant().plus(after));
    }

    private static Optional<Map<String, Object>> before(CalendarTime due, Duration after) {
        Duration before = (due.time() == null ? WHOLE_DAY : Duration.ZERO).minus(after);
        return before.isNegative() || before.toMinutes() > EARLIEST_MINUTES
                ? Optional.empty()
                : Optional.of(Map.of("minutes_before", before.toMinutes()));
    }

    private static Optional<Map<String, Object>> at(Instant time) {
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        return year < FIRST_YEAR || year > LAST_YEAR
                ? Optional.empty()
                : Optional.of(Map.of("remind_at", time.toString()));
    }
}
