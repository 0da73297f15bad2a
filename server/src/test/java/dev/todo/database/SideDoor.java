package dev.todo.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.springframework.beans.factory.BeanFactory;

/** Connections to the server's database that the server knows nothing of. */
public final class SideDoor {
    private SideDoor() {}

    public static Connection open(BeanFactory beans) throws SQLException {
        DatabaseAddress address = beans.getBean(DatabaseAddress.class);
        Properties properties = address.jdbcProperties();
        // So that the values of a statement may be left open in EXPLAIN.
        properties.setProperty("preferQueryMode", "simple");
        return DriverManager.getConnection(address.jdbcUrl(), properties);
    }
}
