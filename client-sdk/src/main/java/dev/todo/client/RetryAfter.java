package dev.todo.client;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** RFC 9110's {@code Retry-After}: seconds, or a time in one of three forms. */
final class RetryAfter {
    private static final DateTimeFormatter RFC_850 =
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.ENGLISH);
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

    private static final int LONGEST_NUMBER = 9;
    private static final Duration AGES = Duration.ofSeconds(1_000_000_000);

    private RetryAfter() {}

    /** Null without the header, or with one that cannot be read. A time that has passed is no wait. */
    static @Nullable Duration in(HttpHeaders headers, Instant now) {
        return headers.firstValue("Retry-After")
                .map(value -> parse(value.strip(), now))
                .orElse(null);
    }

    private static @Nullable Duration parse(String value, Instant now) {
        if (value.matches("[0-9]+")) {
            return value.length() > LONGEST_NUMBER ? AGES : Duration.ofSeconds(Long.parseLong(value));
        }
        Instant until = time(value);
        if (until == null) {
            return null;
        }
        return until.isBefore(now) ? Duration.ZERO : Duration.between(now, until);
    }

    private static @Nullable Instant time(String value) {
        try {
            return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return oldTime(value);
        }
    }

    private static @Nullable Instant oldTime(String value) {
        try {
            DateTimeFormatter form = value.contains(",") ? RFC_850 : ASCTIME;
            return LocalDateTime.parse(value, form).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
