package dev.todo.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.springframework.beans.factory.BeanFactory;

/** Connections to the server's database that the server knows nothing of. */
public final class SideDoor {
    private SideDoor() {}

    /** A PostgreSQL for servers that are told where theirs is. */
    public record Postgres(String url, Connection connection, Runnable stop) implements AutoCloseable {
        public static Postgres start(Path folder) throws SQLException {
            EmbeddedDatabase database = EmbeddedDatabase.start(folder);
            DatabaseAddress address = database.address();
            String url = "postgresql://%s:%s@%s:%d/%s"
                    .formatted(address.user(), address.password(), address.host(), address.port(), address.database());
            return new Postgres(
                    url, DriverManager.getConnection(address.jdbcUrl(), address.jdbcProperties()), database::close);
        }

        @Override
        public void close() throws SQLException {
            connection.close();
            stop.run();
        }
    }

    public static Connection open(BeanFactory beans) throws SQLException {
        DatabaseAddress address = beans.getBean(DatabaseAddress.class);
        Properties properties = address.jdbcProperties();
        // So that the values of a statement may be left open in EXPLAIN.
        properties.setProperty("preferQueryMode", "simple");
        return DriverManager.getConnection(address.jdbcUrl(), properties);
    }
}
