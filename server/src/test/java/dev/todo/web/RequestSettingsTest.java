package dev.todo.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "PT30S", "PT10M"})
    void takeATimeThatSuitsARequest(Duration timeout) {
        assertThat(new RequestSettings(timeout).timeout()).isEqualTo(timeout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT0S", "PT0.999S", "PT10M0.001S", "PT2562047788015H"})
    void refuseOthers(Duration timeout) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestSettings(timeout))
                .withMessage("REQUEST_TIMEOUT must be a time from 1s to 10m, for example 30s.");
    }
}
