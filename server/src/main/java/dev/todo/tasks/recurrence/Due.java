package dev.todo.tasks.recurrence;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a task is due, as its owner wrote it: on a day, at a time of day wherever the owner is, or at a time of day in a
 * zone. Where it names no zone, the account's counts.
 */
public record Due(
        LocalDate date, @Nullable LocalTime time, @Nullable ZoneId zone) {
    public Due {
        if (time == null && zone != null) {
            throw new IllegalArgumentException("A due date without a time has no zone.");
        }
    }

    /**
     * The instant by which the task is to be done.
     *
     * <p>A time that the zone's clocks skip is later by what they skip (02:30 becomes 03:30), one that they show twice is
     * the first of the two. A day without a time lasts to its last microsecond, which is the last instant that PostgreSQL
     * can tell from the next day: it sorts behind all times of the day, and is overdue from midnight on.
     */
    public Instant at(ZoneId accountZone) {
        return time == null
                ? startOf(date.plusDays(1), accountZone).minus(1, ChronoUnit.MICROS)
                : ZonedDateTime.of(date, time, zoneOr(accountZone)).toInstant();
    }

    Due on(LocalDate newDate) {
        return new Due(newDate, time, zone);
    }

    /** A day without a time has begun long before it is over: it counts from its start. */
    boolean beginsBy(Instant last, ZoneId accountZone) {
        Instant begin = time == null ? startOf(date, accountZone) : at(accountZone);
        return !begin.isAfter(last);
    }

    /** Today is not past as long as no time is named; a time is past at its very instant. */
    boolean isPast(Instant now, ZoneId accountZone) {
        return time == null
                ? date.isBefore(dayOf(now, accountZone))
                : !at(accountZone).isAfter(now);
    }

    LocalDate dayOf(Instant instant, ZoneId accountZone) {
        return LocalDate.ofInstant(instant, zoneOr(accountZone));
    }

    private ZoneId zoneOr(ZoneId accountZone) {
        return zone == null ? accountZone : zone;
    }

    private static Instant startOf(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }
}
