package dev.todo.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseAddressTest {
    private static final String BASE = "postgresql://me:secret@db.example.org/todo";

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', textBlock = """
            postgresql://me:secret@db.example.org:6543/todo    | db.example.org | 6543 | todo     | me       | secret
            postgres://me:secret@db.example.org/todo           | db.example.org | 5432 | todo     | me       | secret
            postgres://me@db.example.org/todo                  | db.example.org | 5432 | todo     | me       |
            postgres://me:@db.example.org/todo                 | db.example.org | 5432 | todo     | me       | ~~
            postgres://m%40e:p%2F%3A%40+%25%20x@host/to%20do   | host           | 5432 | to do    | m@e      | p/:@+% x
            postgres://me:p@ss#^w:rd@host/todo                 | host           | 5432 | todo     | me       | p@ss#^w:rd
            postgres://me:secret@[2001:db8::7]:6543/todo       | [2001:db8::7]  | 6543 | todo     | me       | secret
            postgres://me:secret@127.0.0.1/todo?               | 127.0.0.1      | 5432 | todo     | me       | secret
            """, delimiter = '|')
    void readsWhatProvidersWrite(String url, String host, int port, String database, String user, String password) {
        DatabaseAddress address = DatabaseAddress.parse(url);
        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.database()).isEqualTo(database);
        assertThat(address.user()).isEqualTo(user);
        assertThat(address.password()).isEqualTo(password);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            mysql://me:secret@host/todo                              | is not understood
            jdbc:postgresql://host/todo                              | is not understood
            postgres://me:secret@one,two/todo                        | is not understood
            postgres://me:sec/ret@host/todo                          | is not understood
            postgres://me:secret@host:99999/todo                     | has a port that is not a number from 1 to 65535
            postgres://me:secret@host:0/todo                         | has a port that is not a number from 1 to 65535
            postgres://me:secret@host                                | names no database
            postgres://me:secret@host/                               | names no database
            postgres://host/todo                                     | names no user
            postgres://me:secret@/todo                               | names no host
            postgres://me:secret%zz@host/todo                        | has a % that is no percent-encoding
            postgres://me:secret@host/todo?sslmode=strict            | has a value of sslmode that is not understood
            postgres://me:secret@host/todo?sslmode=tunnel            | has a value of sslmode that is not understood
            postgres://me:secret@host/todo?sslmode=verify-ca         | without a file in sslrootcert
            postgres://me:secret@host/todo?sslrootcert=/no/such/file | needs sslmode=verify-ca or verify-full
            postgres://me:secret@host/todo?sslmode=verify-full&sslrootcert=/no/such/file | not a readable file
            postgres://me:secret@host/todo?sslmode=require&sslrootcert=system | needs sslmode=verify-full
            postgres://me:secret@host/todo?sslmode=disable&channel_binding=require | needs sslmode=require
            postgres://me:secret@host/todo?channel_binding=yes       | has a value of channel_binding
            postgres://me:secret@host/todo?gssencmode=require        | has a value of gssencmode
            postgres://me:secret@host/todo?target_session_attrs=standby | has a value of target_session_attrs
            postgres://me:secret@host/todo?connect_timeout=soon      | has a connect_timeout that is not a number
            postgres://me:secret@host/todo?sslcert=my.crt            | a parameter that is not understood (sslcert)
            postgres://me:secret@host/todo?pgbouncer=true            | a parameter that is not understood (pgbouncer)
            postgres://me:secret@host/todo?verbose                   | has a parameter that is not understood
            """, delimiter = '|')
    void refusesWhatItCannotKeepInOneSentenceWithoutThePassword(String url, String sentence) {
        assertThatThrownBy(() -> DatabaseAddress.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("DATABASE_URL ")
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("secret");
    }

    /** libpq: require encrypts and does not look at the certificate; only verify-full looks at the name in it. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            ''                                          | prefer      |
            ?sslmode=disable                            | disable     |
            ?sslmode=allow                              | allow       |
            ?sslmode=prefer                             | prefer      |
            ?sslmode=require                            | require     |
            ?sslmode=verify-full                        | verify-full |
            ?sslmode=verify-full&sslrootcert=system     | verify-full |
            ?sslrootcert=system                         | verify-full |
            ?sslmode=require&channel_binding=prefer     | require     |
            ?sslmode=require&channel_binding=require    | verify-full | require
            ?channel_binding=require                    | verify-full | require
            """, delimiter = '|')
    void keepsTheSecurityThatIsAskedFor(String query, String mode, String channelBinding) {
        DatabaseAddress address = DatabaseAddress.parse(BASE + query);
        assertThat(address.jdbcProperties())
                .containsEntry("sslmode", mode)
                .satisfies(p -> assertThat(p.get("channelBinding")).isEqualTo(channelBinding))
                .satisfies(p -> assertThat(p.containsKey("sslfactory")).isEqualTo(mode.startsWith("verify")));
        assertThat(address.r2dbc().toString()).contains("sslMode='" + mode + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, allow",
        "127.0.0.1, allow",
        "[::1], allow",
        "127.0.0.1.example.org, prefer",
        "localhost.example.org, prefer",
        "10.127.0.0, prefer"
    })
    void doesNotAskForTlsWithinThisComputerUnlessItIsToldTo(String host, String mode) {
        assertThat(DatabaseAddress.parse("postgres://me@" + host + "/todo").jdbcProperties())
                .containsEntry("sslmode", mode);
        assertThat(DatabaseAddress.parse("postgres://me@" + host + "/todo?sslmode=prefer")
                        .jdbcProperties())
                .containsEntry("sslmode", "prefer");
    }

    @Test
    void verifiesAgainstTheCertificateThatIsNamed(@TempDir Path folder) throws IOException {
        Path certificate = Files.createFile(folder.resolve("ca.pem"));
        DatabaseAddress address = DatabaseAddress.parse(BASE + "?sslmode=require&sslrootcert=" + certificate);
        assertThat(address.jdbcProperties())
                .containsEntry("sslmode", "verify-ca")
                .containsEntry("sslrootcert", certificate.toString())
                .doesNotContainKey("sslfactory");
        assertThat(address.r2dbc().toString())
                .contains("sslMode='verify-ca'")
                .contains("sslRootCert='" + certificate.toUri().toURL() + "'");
    }

    @Test
    void readsTheParametersOfNeonAndSkipsThoseThatTuneSockets() {
        DatabaseAddress address = DatabaseAddress.parse(BASE
                + "?application_name=mine&connect_timeout=7&options=endpoint%3Dep-cool-1&keepalives=1"
                + "&gssencmode=disable&target_session_attrs=read-write&client_encoding=UTF8");
        assertThat(address.jdbcProperties())
                .containsEntry("ApplicationName", "mine")
                .containsEntry("connectTimeout", "7")
                .containsEntry("options", "endpoint=ep-cool-1");
        assertThat(address.r2dbc().toString())
                .contains("applicationName='mine'")
                .contains("connectTimeout='PT7S'")
                .contains("parameters='{options=endpoint=ep-cool-1}'");
    }

    @Test
    void givesJdbcItsUrlAndR2dbcItsHost() {
        assertThat(DatabaseAddress.parse(BASE).jdbcUrl()).isEqualTo("jdbc:postgresql://db.example.org:5432/todo");
        assertThat(DatabaseAddress.parse("postgres://me@[::1]:6543/a%20b").jdbcUrl())
                .isEqualTo("jdbc:postgresql://[::1]:6543/a+b");
        PostgresqlConnectionConfiguration.Builder ipv6 =
                DatabaseAddress.parse("postgres://me@[::1]:6543/todo").r2dbc();
        assertThat(ipv6.toString()).contains("host='::1'");
        assertThat(DatabaseAddress.parse(BASE).jdbcProperties())
                .containsEntry("user", "me")
                .containsEntry("password", "secret")
                .containsEntry("ApplicationName", "todo-api");
    }

    @Test
    void doesNotSayThePassword() {
        DatabaseAddress address = DatabaseAddress.parse(BASE);
        assertThat(address.toString()).isEqualTo("DatabaseAddress[db.example.org:5432/todo]");
        assertThat(address.r2dbc().toString()).doesNotContain("secret");
        assertThat(address.jdbcUrl()).doesNotContain("secret");
    }
}
