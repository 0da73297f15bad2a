package dev.todo.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(QuietLogs.class)
class EmbeddedDatabaseTest {
    @TempDir
    static Path programs;

    @TempDir
    Path folder;

    @BeforeAll
    static void unpackOnce() throws IOException {
        new PostgresBinaries(programs.resolve("binaries"), programs.resolve("log")).unpack();
    }

    @BeforeEach
    void takeThePrograms() throws IOException {
        Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("postgresql")).resolve("binaries"), programs.resolve("binaries"));
    }

    @AfterEach
    void giveThemBack() throws IOException {
        if (Files.isSymbolicLink(folder.resolve("postgresql/binaries"))) {
            Files.delete(folder.resolve("postgresql/binaries"));
        }
    }

    @Test
    void keepsItsDataFromOneStartToTheNext() throws SQLException {
        try (EmbeddedDatabase first = EmbeddedDatabase.start(folder)) {
            run(first.address(), "create table kept (text text)", "insert into kept values ('here')");
        }
        try (EmbeddedDatabase second = EmbeddedDatabase.start(folder)) {
            assertThat(one(second.address(), "select text from kept")).isEqualTo("here");
            assertThat(second.location()).isEqualTo("embedded PostgreSQL 18 in " + folder);
        }
    }

    @Test
    void losesNothingItHasAcknowledgedAndSortsAsPeopleDo() throws SQLException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            DatabaseAddress address = database.address();
            assertThat(one(address, "show fsync")).isEqualTo("on");
            assertThat(one(address, "show synchronous_commit")).isEqualTo("on");
            assertThat(one(address, "show full_page_writes")).isEqualTo("on");
            assertThat(one(address, "show server_encoding")).isEqualTo("UTF8");
            assertThat(one(address, "show server_version")).startsWith(PostgresBinaries.MAJOR_VERSION + ".");
            assertThat(one(address, "select collname from pg_collation where collname = 'und-x-icu'"))
                    .isEqualTo("und-x-icu");
        }
    }

    @Test
    void isClosedToStrangers() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            DatabaseAddress address = database.address();
            assertThat(one(address, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(Files.readAllLines(folder.resolve("postgresql/data/postmaster.pid"))
                            .get(4))
                    .as("the folder of its socket")
                    .isEmpty();
            assertThat(one(address, "select rolsuper from pg_roles where rolname = current_user"))
                    .isEqualTo("f");
            Properties guessed = address.jdbcProperties();
            guessed.setProperty("password", "postgres");
            assertThatThrownBy(() -> DriverManager.getConnection(address.jdbcUrl(), guessed))
                    .hasMessageContaining("password authentication failed");
            guessed.setProperty("user", "postgres");
            assertThatThrownBy(() -> DriverManager.getConnection(address.jdbcUrl(), guessed))
                    .hasMessageContaining("no pg_hba.conf entry");
            assertThat(permissions("postgresql")).isEqualTo("rwx------");
            assertThat(permissions("postgresql/data")).isEqualTo("rwx------");
            assertThat(permissions("postgresql/password")).isEqualTo("rw-------");
        }
    }

    @Test
    void keepsWhatPeopleWriteOutOfItsLog() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertThatThrownBy(() -> run(database.address(), "select 'my secret task' / 0"))
                    .isInstanceOf(SQLException.class);
            assertThat(folder.resolve("postgresql/postgresql.log"))
                    .content()
                    .contains("ready to accept connections")
                    .doesNotContain("my secret task");
        }
    }

    @Test
    void refusesASecondServerOnTheSameFolder() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(folder))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Another server uses the data folder " + folder);
            Process other = startInAnotherProcess();
            assertThat(other.inputReader().readLine()).startsWith("Another server uses the data folder " + folder);
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(one(database.address(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void endsTheOrphanOfAKilledServerAndStartsAgain() throws Exception {
        Process server = startInAnotherProcess();
        assertThat(server.inputReader().readLine()).isEqualTo("embedded PostgreSQL 18 in " + folder);
        long orphan = postmaster();
        server.destroyForcibly().waitFor();
        assertThat(ProcessHandle.of(orphan)).get().matches(ProcessHandle::isAlive);

        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertThat(ProcessHandle.of(orphan)).isEmpty();
            assertThat(one(database.address(), "select text from kept")).isEqualTo("before the kill");
        }
        assertThat(folder.resolve("postgresql/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void leavesAloneTheProcessThatGotTheNumberOfACrashedPostgreSQL() throws Exception {
        EmbeddedDatabase.start(folder).close();
        Process bystander = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(
                    folder.resolve("postgresql/data/postmaster.pid"),
                    "%d%n%s%n".formatted(bystander.pid(), folder.resolve("postgresql/data")));
            EmbeddedDatabase.start(folder).close();
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    void startsAfterAnEmptyPidFile() throws Exception {
        EmbeddedDatabase.start(folder).close();
        Files.createFile(folder.resolve("postgresql/data/postmaster.pid"));
        EmbeddedDatabase.start(folder).close();
    }

    @Test
    void makesAnewWhatAFirstStartLeftHalfDone() throws Exception {
        Path half = Files.createDirectories(folder.resolve("postgresql/data.growing/base"));
        Files.writeString(half.resolveSibling("PG_VERSION"), "18");
        giveThemBack();
        Files.createDirectories(folder.resolve("postgresql/binaries/growing/bin"));
        Files.writeString(folder.resolve("postgresql/password"), "of the half");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertThat(one(database.address(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void refusesTheDataOfAnotherMajorVersion() throws IOException {
        Path data = Files.createDirectories(folder.resolve("postgresql/data"));
        Files.writeString(data.resolve("PG_VERSION"), "17\n");
        assertThatThrownBy(() -> EmbeddedDatabase.start(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds data of PostgreSQL 17")
                .hasMessageContaining("TODO_DATA_DIR");
    }

    @Test
    void refusesAFolderThatSomebodyHasSpoilt() throws IOException {
        EmbeddedDatabase.start(folder).close();
        Path password = folder.resolve("postgresql/password");
        Files.delete(password);
        assertThatThrownBy(() -> EmbeddedDatabase.start(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NoSuchFileException: " + password)
                .hasMessageContaining("TODO_DATA_DIR");
        Path other = Files.createDirectory(folder.resolve("other"));
        Path file = Files.createFile(other.resolve("postgresql"));
        assertThatThrownBy(() -> EmbeddedDatabase.start(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FileAlreadyExistsException: " + file);
    }

    @Test
    void worksInAFolderWithAnOddName() throws Exception {
        Path odd = Files.createDirectory(folder.resolve("my data & it's more"));
        EmbeddedDatabase.start(odd).close();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(odd)) {
            assertThat(one(database.address(), "select 1")).isEqualTo("1");
        }
    }

    private Process startInAnotherProcess() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AnotherServer.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("postgresql/data/postmaster.pid"))
                .get(0));
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }

    private static void run(DatabaseAddress address, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(address.jdbcUrl(), address.jdbcProperties());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String one(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(address.jdbcUrl(), address.jdbcProperties());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    /** A server of its own process: says on standard output where its data is, or why it did not start. */
    static final class AnotherServer {
        private AnotherServer() {}

        public static void main(String[] arguments) throws Exception {
            try {
                EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]));
                run(database.address(), "create table kept (text text)", "insert into kept values ('before the kill')");
                System.out.println(database.location());
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            } catch (IllegalArgumentException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
