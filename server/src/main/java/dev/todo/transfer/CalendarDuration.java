package dev.todo.transfer;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Durations as iCalendar writes them (RFC 5545, 3.3.6): with weeks and a sign, which {@link Duration} does not know. */
final class CalendarDuration {
    private static final Pattern WRITTEN = Pattern.compile(
            "([+-]?)P(?:([0-9]{1,6})W)?(?:([0-9]{1,6})D)?(?:T(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})S)?)?");
    private static final ChronoUnit[] UNITS = {
        ChronoUnit.DAYS, ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS
    };
    private static final int DAYS_OF_A_WEEK = 7;

    private CalendarDuration() {}

    static Duration parse(String property, String value) {
        Matcher written = WRITTEN.matcher(value.strip());
        if (!written.matches() || IntStream.rangeClosed(2, 6).allMatch(part -> written.group(part) == null)) {
            throw new EntryRefused("has a " + property + " that is no duration");
        }
        Duration duration = Duration.ZERO;
        for (int i = 0; i < UNITS.length; i++) {
            String count = written.group(i + 2);
            if (count != null) {
                duration = duration.plus(Long.parseLong(count) * (i == 0 ? DAYS_OF_A_WEEK : 1), UNITS[i]);
            }
        }
        return written.group(1).equals("-") ? duration.negated() : duration;
    }
}
