package dev.todo.tasks.recurrence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DueTest {
    /** Without a zone of its own, a due date is judged in the account's; the skipped and doubled hours are facts of tzdb. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-06-01 09:00 Asia/Tokyo          | Europe/Berlin       | 2026-06-01T00:00:00Z        | its own zone counts
            2026-06-01 09:00                     | Europe/Berlin       | 2026-06-01T07:00:00Z        | the account's zone
            2026-06-01 09:00                     | Asia/Tokyo          | 2026-06-01T00:00:00Z        | the account's zone
            2026-06-01                           | Europe/Berlin       | 2026-06-01T21:59:59.999999Z | the end of the day
            2026-06-01                           | America/New_York    | 2026-06-02T03:59:59.999999Z | the end of the day
            2026-03-29 02:30 Europe/Berlin       | UTC                 | 2026-03-29T01:30:00Z        | skipped: as 03:30
            2026-03-29 03:30 Europe/Berlin       | UTC                 | 2026-03-29T01:30:00Z        | not skipped
            2026-10-25 02:30 Europe/Berlin       | UTC                 | 2026-10-25T00:30:00Z        | twice: the first
            2026-03-08 02:30 America/New_York    | UTC                 | 2026-03-08T07:30:00Z        | skipped: as 03:30
            2026-11-01 01:30 America/New_York    | UTC                 | 2026-11-01T05:30:00Z        | twice: the first
            2026-10-04 02:15 Australia/Lord_Howe | UTC                 | 2026-10-03T15:45:00Z        | skipped, of half an hour: as 02:45
            2026-04-05 01:45 Australia/Lord_Howe | UTC                 | 2026-04-04T14:45:00Z        | twice, in half an hour: the first
            2026-03-29                           | Europe/Berlin       | 2026-03-29T21:59:59.999999Z | a day of 23 hours
            2026-10-25                           | Europe/Berlin       | 2026-10-25T22:59:59.999999Z | a day of 25 hours
            2018-11-03                           | America/Sao_Paulo   | 2018-11-04T02:59:59.999999Z | before a day that begins at 01:00
            2011-12-29                           | Pacific/Apia        | 2011-12-30T09:59:59.999999Z | before a day that there was not
            9999-12-31                           | Europe/Berlin       | 9999-12-31T22:59:59.999999Z | the last day
            0001-01-01 00:00 UTC                 | Europe/Berlin       | 0001-01-01T00:00:00Z        | the first day
            """)
    void isDueAtAnInstant(String due, ZoneId accountZone, Instant at, String why) {
        assertThat(due(due).at(accountZone)).as(why).isEqualTo(at);
    }

    @Test
    void dayHasNoZone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Due(LocalDate.EPOCH, null, ZoneId.of("Europe/Berlin")))
                .withMessage("A due date without a time has no zone.");
    }

    /** A due date as tests write it: a date, and what there is of time and zone. */
    static Due due(String text) {
        String[] words = text.split(" ", -1);
        @Nullable LocalTime time = words.length > 1 ? LocalTime.parse(words[1]) : null;
        @Nullable ZoneId zone = words.length > 2 ? ZoneId.of(words[2]) : null;
        return new Due(LocalDate.parse(words[0]), time, zone);
    }
}
