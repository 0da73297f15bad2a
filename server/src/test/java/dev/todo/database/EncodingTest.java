package dev.todo.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(QuietLogs.class)
class EncodingTest {
    @TempDir
    static Path folder;

    private static EmbeddedDatabase postgres;

    /** The databases are made while PostgreSQL listens nowhere: its superuser cannot log in. */
    @BeforeAll
    static void start() throws IOException {
        EmbeddedDatabase.start(folder).close();
        Path ours = folder.resolve("postgresql");
        Path statements = Files.writeString(folder.resolve("databases.sql"), """
                create database latin1 template template0 encoding 'LATIN1' locale_provider libc locale 'C';
                create database sql_ascii template template0 encoding 'SQL_ASCII' locale_provider libc locale 'C';
                """);
        String data = ours.resolve("data").toString();
        assertThat(new PostgresBinaries(ours.resolve("binaries"), folder.resolve("log"))
                        .run("postgres", List.of("--single", "-D", data, "postgres"), statements))
                .isTrue();
        Files.writeString(
                ours.resolve("data/pg_hba.conf"),
                "host latin1,sql_ascii todo 127.0.0.1/32 scram-sha-256\n",
                StandardOpenOption.APPEND);
        postgres = EmbeddedDatabase.start(folder);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "SQL_ASCII"})
    void aDatabaseThatCannotKeepEveryCharacterIsRefused(String encoding) {
        DatabaseAddress todo = postgres.address();
        DatabaseAddress other = DatabaseAddress.parse("postgresql://%s:%s@%s:%d/%s"
                .formatted(todo.user(), todo.password(), todo.host(), todo.port(), encoding.toLowerCase(Locale.ROOT)));
        assertThatThrownBy(() -> new Schema(other).update())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The database at %s is encoded in %s: create one with encoding 'UTF8' and name it"
                                + " in DATABASE_URL.",
                        other.location(), encoding);
    }
}
