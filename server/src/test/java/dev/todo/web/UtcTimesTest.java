package dev.todo.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class UtcTimesTest {
    private final JsonMapper json =
            JsonMapper.builder().addModule(UtcTimes.module()).build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-28T04:05:06Z",
                "2026-11-28T00:00:00Z",
                "2026-01-02T03:04:05.1Z",
                "2026-12-31T23:59:59.999999Z",
                "2026-12-31T23:59:59.000001Z",
                "2026-12-31T23:59:59.100200Z",
                "2026-12-31T23:59:59.999999999Z",
                "0001-01-01T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999Z",
                "+10000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00.5Z",
                "2026-11-28T04:05:06.7+05:30",
                "2026-11-28T04:05:06-00:00",
            })
    void areWrittenAsTheFormatterWritesThem(String text) {
        OffsetDateTime time = OffsetDateTime.parse(text);
        assertThat(json.writeValueAsString(time))
                .isEqualTo('"' + DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time) + '"');
    }
}
