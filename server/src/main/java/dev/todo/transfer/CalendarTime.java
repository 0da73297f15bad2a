package dev.todo.transfer;

import dev.todo.transfer.CalendarComponent.Property;
import dev.todo.values.TimeZones;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A date, or a date and a time, wherever the user is or in one zone. */
record CalendarTime(
        LocalDate date, @Nullable LocalTime time, @Nullable ZoneId zone) {
    private static final Pattern WRITTEN =
            Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})(?:T([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9]|60)(Z?))?");

    static final ZoneId UTC = ZoneId.of("UTC");

    static CalendarTime of(Property property) {
        Matcher written = WRITTEN.matcher(property.value().strip());
        if (!written.matches()) {
            throw new EntryRefused("has a " + property.name() + " that is no date, and no time of one");
        }
        LocalDate date = date(property, written);
        if (written.group(4) == null) {
            return new CalendarTime(date, null, null);
        }
        int second = Math.min(Integer.parseInt(written.group(6)), 59);
        LocalTime time = LocalTime.of(Integer.parseInt(written.group(4)), Integer.parseInt(written.group(5)), second);
        return new CalendarTime(date, time, written.group(7).isEmpty() ? zone(property) : UTC);
    }

    private static LocalDate date(Property property, Matcher written) {
        try {
            return LocalDate.of(
                    Integer.parseInt(written.group(1)),
                    Integer.parseInt(written.group(2)),
                    Integer.parseInt(written.group(3)));
        } catch (DateTimeException noSuchDay) {
            throw new EntryRefused("has a " + property.name() + " on a day that there is not");
        }
    }

    /** Some programs put a prefix of their own before the IANA name, as in /mozilla.org/20050126_1/Europe/Berlin. */
    private static @Nullable ZoneId zone(Property property) {
        String name = property.parameter("TZID").orElse(null);
        if (name == null) {
            return null;
        }
        for (String rest = name; ; rest = rest.substring(rest.indexOf('/') + 1)) {
            ZoneId zone = TimeZones.named(rest).orElse(null);
            if (zone != null) {
                return zone;
            }
            if (rest.indexOf('/') < 0) {
                throw new EntryRefused("has a " + property.name()
                        + " in a time zone that is not known: write an IANA name, as TZID=Europe/Berlin");
            }
        }
    }

    /** What is in no zone is taken for UTC, as it ought to be written. */
    Instant instant() {
        return local().atZone(zone == null ? ZoneOffset.UTC : zone).toInstant();
    }

    LocalDateTime local() {
        return time == null ? date.atStartOfDay() : date.atTime(time);
    }

    CalendarTime plus(Duration duration) {
        LocalDateTime later = local().plus(duration);
        boolean wholeDays =
                time == null && duration.toSeconds() % Duration.ofDays(1).toSeconds() == 0;
        return new CalendarTime(later.toLocalDate(), wholeDays ? null : later.toLocalTime(), zone);
    }
}
