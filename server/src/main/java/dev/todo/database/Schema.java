package dev.todo.database;

import dev.todo.problem.StartRefused;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.springframework.core.NestedExceptionUtils;

/** Brings the tables up to date with the {@link Changelog}, over JDBC, before anything else uses the database. */
final class Schema {
    private static final Map<String, Object> QUIETLY =
            Map.of(AnalyticsArgs.ENABLED.getKey(), false, Scope.Attr.ui.name(), new LoggerUIService());

    /** Ends with its transaction, also when the server dies, and also behind a pooler. The number is ours by chance. */
    private static final String ONE_SERVER_AT_A_TIME =
            "set local lock_timeout = '%ds'; select pg_advisory_xact_lock(7306086911)";

    private static final int SECONDS_TO_WAIT = 60;
    private static final String WAITED_TOO_LONG = "55P03";

    private static final String UTF8 = "UTF8";

    private final DatabaseAddress address;
    private final int secondsToWait;

    Schema(DatabaseAddress address) {
        this(address, SECONDS_TO_WAIT);
    }

    Schema(DatabaseAddress address, int secondsToWait) {
        this.address = address;
        this.secondsToWait = secondsToWait;
    }

    void update() {
        Changelog changelog = new Changelog();
        alone(lock -> {
            if (!changelog.isApplied(lock)) {
                withLiquibase(Liquibase::update);
                changelog.keepAsApplied(lock);
            }
        });
    }

    /** Undoes every change: for the test of the rollbacks. */
    void undo() {
        alone(lock -> withLiquibase(liquibase ->
                liquibase.rollback(liquibase.getDatabase().getRanChangeSetList().size(), "")));
    }

    private void alone(Work work) {
        try (Connection lock = connect()) {
            refuseOtherEncodings(lock);
            refuseReadOnly(lock);
            waitForOthers(lock);
            work.with(lock);
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (Exception e) {
            throw new StartRefused(
                    "The tables at %s could not be brought up to date: %s"
                            .formatted(
                                    address.location(),
                                    NestedExceptionUtils.getMostSpecificCause(e).getMessage()),
                    e);
        }
    }

    /**
     * Liquibase's own lock is neither taken before it makes its tables nor given up when a server dies; so ours is held
     * around it, and with ours in hand, theirs can only be a dead server's.
     */
    private void withLiquibase(Change change) throws Exception {
        try (Connection connection = connect()) {
            Scope.child(QUIETLY, () -> {
                Database database =
                        DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
                Liquibase liquibase = new Liquibase(Changelog.FILE, new ClassLoaderResourceAccessor(), database);
                liquibase.setShowSummary(UpdateSummaryEnum.OFF);
                liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
                liquibase.forceReleaseLocks();
                change.with(liquibase);
            });
        }
    }

    /** In another one PostgreSQL cannot keep all that people write, or does not know where a character ends. */
    private void refuseOtherEncodings(Connection connection) throws SQLException {
        String encoding = shown(connection, "server_encoding");
        if (!UTF8.equals(encoding)) {
            throw new StartRefused(
                    "The database at %s is encoded in %s: create one with encoding 'UTF8' and name it in DATABASE_URL."
                            .formatted(address.location(), encoding));
        }
    }

    /** As a standby is: where there is nothing to change, nothing else would find that out before the first write. */
    private void refuseReadOnly(Connection connection) throws SQLException {
        if ("on".equals(shown(connection, "transaction_read_only"))) {
            throw new StartRefused(
                    "The database at %s is read-only: name one in DATABASE_URL that takes changes, such as the primary of a standby."
                            .formatted(address.location()));
        }
    }

    private static String shown(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void waitForOthers(Connection lock) throws SQLException {
        lock.setAutoCommit(false);
        try (Statement statement = lock.createStatement()) {
            statement.execute(ONE_SERVER_AT_A_TIME.formatted(secondsToWait));
        } catch (SQLException e) {
            if (WAITED_TOO_LONG.equals(e.getSQLState())) {
                throw new StartRefused(
                        "Another server has been changing the tables at %s for more than %d seconds: start again when it has done."
                                .formatted(address.location(), secondsToWait),
                        e);
            }
            throw e;
        }
    }

    private Connection connect() {
        try {
            return DriverManager.getConnection(address.jdbcUrl(), address.jdbcProperties());
        } catch (SQLException e) {
            throw new StartRefused(
                    "The database at %s %s."
                            .formatted(address.location(), advice(Objects.toString(e.getSQLState(), ""))),
                    e);
        }
    }

    private static String advice(String state) {
        if (state.startsWith("28") || state.equals("08004")) {
            return "refused the login: check the user, the password and the sslmode in DATABASE_URL";
        }
        return switch (state) {
            case "3D000" -> "does not exist on that server: check the name in DATABASE_URL, or create the database";
            case "53300" -> "has no connection to spare: close other clients, or raise its max_connections";
            case "57P03" -> "is starting up or shutting down: try again in a moment";
            default ->
                "cannot be reached: check the host, the port and the sslmode in DATABASE_URL,"
                        + " that PostgreSQL runs there, and that no firewall is in between";
        };
    }

    @FunctionalInterface
    private interface Work {
        void with(Connection lock) throws Exception;
    }

    @FunctionalInterface
    private interface Change {
        void with(Liquibase liquibase) throws LiquibaseException;
    }
}
