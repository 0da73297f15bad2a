package dev.todo.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.todo.auth.AuthSettings.Jwks;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalTokenTest {
    private final TestClock clock = new TestClock();
    private final AuthSettings settings =
            new AuthSettings(null, null, "https://app.example.com", "todo", new Jwks(null));

    @TempDir
    Path directory;

    @Test
    void isAcceptedByTheServerOnTheSameFolderForOneDay() {
        String token = LocalToken.forUser("alice", settings, Environment.DEVELOPMENT, () -> directory, clock);
        try (var server = Verifiers.of(settings.completed(Environment.DEVELOPMENT, () -> directory), clock)) {
            clock.advance(Duration.ofHours(24).minusSeconds(1));
            new Verdicts(server).accepts(token, "alice");
            clock.advance(Duration.ofSeconds(1));
            new Verdicts(server).refuses(token, Refusal.EXPIRED);
        }
    }

    @Test
    void isRefusedInProduction() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalToken.forUser("alice", settings, Environment.PRODUCTION, () -> directory, clock))
                .withMessageContaining("ENVIRONMENT=production");
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b"})
    void isRefusedForNoUserId(String userId) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalToken.forUser(userId, settings, Environment.DEVELOPMENT, () -> directory, clock))
                .withMessage("A user id has 1 to 255 characters and no U+0000.");
    }

    @Test
    void isRefusedForTooLongUserId() {
        isRefusedForNoUserId("🎉".repeat(256));
    }
}
