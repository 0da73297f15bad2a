package dev.todo.tasks.recurrence;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** When something is due: on a day, at a time of the day wherever the user is, or at a time in one zone. */
public record Due(
        LocalDate date, @Nullable LocalTime time, @Nullable ZoneId zone) {
    public Due {
        if (time == null && zone != null) {
            throw new IllegalArgumentException("A zone needs a time");
        }
    }

    /** A time that clocks skip is as much later as they skip; of one that they repeat it is the first. */
    public Instant at(ZoneId accountZone) {
        ZoneId where = zone == null ? accountZone : zone;
        return time == null
                ? date.plusDays(1).atStartOfDay(where).toInstant().minus(1, ChronoUnit.MICROS)
                : date.atTime(time).atZone(where).toInstant();
    }
}
