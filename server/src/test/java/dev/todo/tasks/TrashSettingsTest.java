package dev.todo.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrashSettingsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 30, 3650})
    void takeANumberOfDays(int days) {
        assertThat(new TrashSettings(days).time()).isEqualTo(Duration.ofDays(days));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3651, Integer.MAX_VALUE})
    void refuseOthers(int days) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrashSettings(days))
                .withMessage("TRASH_DAYS must be a number of days from 1 to 3650, for example 30.");
    }
}
