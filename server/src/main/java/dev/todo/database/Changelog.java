package dev.todo.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.todo.files.Folder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that Liquibase reads, and whether it has nothing to do: most starts find the tables as the last one has left
 * them, and to load and ask it takes a seventh of the start. So what it was last through with is kept in the database,
 * as a comment on Liquibase's own table: a digest of the files, and one of the rows that it has written of them, which
 * somebody may have changed since.
 */
final class Changelog {
    static final String FILE = "db/changelog.yaml";

    private static final Logger LOG = LoggerFactory.getLogger(Changelog.class);

    /** Where tables are made, as Liquibase does; the same name may be found in a schema further down the search path. */
    private static final String READ =
            "select obj_description(to_regclass(quote_ident(current_schema()) || '.databasechangelog'), 'pg_class')";

    private static final String ROWS = """
            select encode(sha256(convert_to(string_agg(
                concat_ws(' ', id, author, filename, md5sum, orderexecuted), ',' order by orderexecuted, id), 'UTF8')), 'hex')
            from databasechangelog
            """;
    private static final String KEEP = "comment on table databasechangelog is '%s'";

    private final String digest = digest();

    /** Leaves nothing behind, no lock either, that Liquibase could wait for. */
    boolean isApplied(Connection connection) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            String kept = text(connection, READ);
            return kept != null && kept.startsWith(digest) && kept.equals(state(connection));
        } catch (SQLException e) {
            LOG.debug("What Liquibase was last through with cannot be read", e);
            return false;
        } finally {
            connection.rollback(before);
        }
    }

    /** Ends the transaction. Where it may not be kept, as on a table that another user has made, Liquibase looks again. */
    void keepAsApplied(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(KEEP.formatted(state(connection)));
            connection.commit();
        } catch (SQLException e) {
            LOG.debug("What Liquibase is through with cannot be kept", e);
        }
    }

    private String state(Connection connection) throws SQLException {
        return digest + ' ' + text(connection, ROWS);
    }

    private static @Nullable String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Folder folder = Folder.of("db");
            for (String file : folder.files()) {
                digest.update(file.getBytes(UTF_8));
                digest.update(folder.read(file));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
