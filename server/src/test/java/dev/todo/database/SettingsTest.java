package dev.todo.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SettingsTest {
    @Test
    void defaults() {
        assertThat(settings(Map.of()))
                .isEqualTo(new DatabaseSettings(
                        null, new DatabaseSettings.Pool(10), new DatabaseSettings.Acquire(Duration.ofSeconds(5))));
        assertThat(settings(Map.of("database.url", " ")).url()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "database.pool.size, 0, DATABASE_POOL_SIZE is 0: set it to a number from 1 to 30.",
        "database.pool.size, 31, DATABASE_POOL_SIZE is 31: set it to a number from 1 to 30.",
        "database.acquire.timeout, 99ms, 'DATABASE_ACQUIRE_TIMEOUT must be a time from 100ms to 5m, for example 5s.'",
        "database.acquire.timeout, 2562047788015h, 'DATABASE_ACQUIRE_TIMEOUT must be a time from 100ms to 5m, for example 5s.'",
    })
    void badValuesAreNamed(String property, String value, String sentence) {
        assertThatThrownBy(() -> settings(Map.of(property, value))).hasRootCauseMessage(sentence);
    }

    @Test
    void theDataFolderIsMadeWhenItIsNeededAndOurs(@TempDir Path parent) throws IOException {
        Path folder = parent.resolve("new/data");
        DataDirectory directory = new DataDirectory(folder);
        assertThat(folder).doesNotExist();
        assertThat(directory.path()).isEqualTo(folder).isDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(directory.path()).isEqualTo(folder);
    }

    @Test
    void aDataFolderThatCannotBeMadeIsRefused(@TempDir Path parent) throws IOException {
        Path file = Files.createFile(parent.resolve("file"));
        assertThatThrownBy(() -> new DataDirectory(file.resolve("data")).path())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The data folder " + file.resolve("data") + " cannot be made")
                .hasMessageContaining("TODO_DATA_DIR");
    }

    private static DatabaseSettings settings(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("database", DatabaseSettings.class);
    }
}
