import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Fills the database with the statements of the first argument and as many users as the third says, unless it was filled
 * so before, and writes a token for each of the first users, as many as the fourth says, into the file of the second.
 */
class Seed {
    private static final long DAY = 24 * 60 * 60;

    public static void main(String[] arguments) throws Exception {
        List<String> lines = new ArrayList<>();
        try (Connection connection = connect(URI.create(System.getenv("DATABASE_URL")));
                Statement sql = connection.createStatement()) {
            if (isEmpty(sql)) {
                sql.execute("set bench.users = " + Integer.parseInt(arguments[2]));
                fill(sql, Files.readString(Path.of(arguments[0])));
            }
            try (ResultSet users = sql.executeQuery("select md5('user' || u) from generate_series(1, %d) u"
                    .formatted(Integer.parseInt(arguments[3])))) {
                while (users.next()) {
                    lines.add(users.getString(1) + " " + token(users.getString(1)));
                }
            }
        }
        Files.write(Path.of(arguments[1]), lines);
    }

    /** Indexes are made afterwards, which is quicker. */
    private static void fill(Statement sql, String statements) throws SQLException {
        Map<String, String> indexes = new HashMap<>();
        try (ResultSet found = sql.executeQuery("select indexname, indexdef from pg_indexes where tablename = 'tasks'"
                + " and indexname not in (select conname from pg_constraint)")) {
            while (found.next()) {
                indexes.put(found.getString(1), found.getString(2));
            }
        }
        sql.execute("set maintenance_work_mem = '256MB'");
        for (String name : indexes.keySet()) {
            sql.execute("drop index " + name);
        }
        sql.execute(statements);
        for (String definition : indexes.values()) {
            sql.execute(definition);
        }
        sql.execute("vacuum analyze");
    }

    private static Connection connect(URI database) throws SQLException {
        String[] user = database.getUserInfo().split(":", 2);
        String port = database.getPort() < 0 ? "" : ":" + database.getPort();
        String query = database.getQuery() == null ? "" : "?" + database.getQuery();
        return DriverManager.getConnection(
                "jdbc:postgresql://" + database.getHost() + port + database.getPath() + query, user[0], user[1]);
    }

    private static boolean isEmpty(Statement sql) throws SQLException {
        try (ResultSet counts =
                sql.executeQuery("select count(*), count(*) filter (where user_id = md5('user1')) from accounts")) {
            counts.next();
            if (counts.getLong(1) > 0 && counts.getLong(2) == 0) {
                throw new IllegalStateException("The database has accounts of somebody: take an empty one.");
            }
            return counts.getLong(1) == 0;
        }
    }

    private static String token(String user) throws Exception {
        long expiry = Instant.now().getEpochSecond() + DAY;
        String input = encoded("{\"alg\":\"HS256\"}".getBytes(UTF_8)) + "."
                + encoded("{\"sub\":\"%s\",\"exp\":%d}".formatted(user, expiry).getBytes(UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(System.getenv("BETTER_AUTH_SECRET").getBytes(UTF_8), "HmacSHA256"));
        return input + "." + encoded(mac.doFinal(input.getBytes(UTF_8)));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
