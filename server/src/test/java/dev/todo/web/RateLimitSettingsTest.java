package dev.todo.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.todo.problem.StartRefused;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RateLimitSettingsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void defaults() {
        RateLimitSettings settings = settings(Map.of());
        assertThat(settings.user().limits())
                .isEqualTo(Map.of(
                        RequestKind.READS, new RateLimit("reads", 1200, MINUTE),
                        RequestKind.WRITES, new RateLimit("writes", 600, MINUTE),
                        RequestKind.ACCOUNTS, new RateLimit("accounts", 60, MINUTE)));
        assertThat(settings.address().limits())
                .isEqualTo(Map.of(
                        RequestKind.READS, new RateLimit("address-reads", 6000, MINUTE),
                        RequestKind.WRITES, new RateLimit("address-writes", 3000, MINUTE),
                        RequestKind.ACCOUNTS, new RateLimit("address-accounts", 120, MINUTE)));
    }

    @ParameterizedTest
    @CsvSource({"1/1s, 1, PT1S", "1000000/1d, 1000000, PT24H", "' 5 / 90s ', 5, PT90S", "7/PT2H, 7, PT2H"})
    void aLimitIsACountAndAWindow(String setting, int count, Duration window) {
        RateLimitSettings settings = settings(Map.of("rate.limit.user.reads", setting));
        assertThat(settings.user().limits().get(RequestKind.READS)).isEqualTo(new RateLimit("reads", count, window));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1200",
                "1200/",
                "/1m",
                "0/1m",
                "-1/1m",
                "1000001/1m",
                "99999999999/1m",
                "1.5/1m",
                "1200/0s",
                "1200/-1m",
                "1200/60",
                "1200/1500ms",
                "1200/25h",
                "1200/99999999999999999999d",
                "1200/9223372036854775807d",
                "1200/minute",
                "1200 per minute",
                "1200/1m/1m"
            })
    void aBadValueIsNamedInOneSentence(String setting) {
        for (String name : new String[] {"user.reads", "user.writes", "user.accounts", "address.reads"}) {
            assertThatThrownBy(() -> settings(Map.of("rate.limit." + name, setting)))
                    .rootCause()
                    .isInstanceOf(StartRefused.class)
                    .hasMessage("RATE_LIMIT_%s must be a count and a time such as 1200/1m, at most 1000000 requests"
                                    .formatted(name.toUpperCase(Locale.ROOT).replace('.', '_'))
                            + " in whole seconds from 1s to 1d.");
        }
    }

    private static RateLimitSettings settings(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("rate.limit", RateLimitSettings.class);
    }
}
