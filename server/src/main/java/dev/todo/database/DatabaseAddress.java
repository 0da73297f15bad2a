package dev.todo.database;

import static io.r2dbc.postgresql.client.SSLMode.ALLOW;
import static io.r2dbc.postgresql.client.SSLMode.DISABLE;
import static io.r2dbc.postgresql.client.SSLMode.PREFER;
import static io.r2dbc.postgresql.client.SSLMode.REQUIRE;
import static io.r2dbc.postgresql.client.SSLMode.VERIFY_CA;
import static io.r2dbc.postgresql.client.SSLMode.VERIFY_FULL;

import dev.todo.problem.StartRefused;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.client.SSLMode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a PostgreSQL is and how to log in there, read from a URL as libpq reads it, for R2DBC and for JDBC. */
record DatabaseAddress(
        String host,
        int port,
        String database,
        String user,
        @Nullable String password,
        Security security,
        Extras extras) {
    private static final Pattern URL = Pattern.compile(
            "postgres(?:ql)?://(?:(?<user>[^:@/?]*)(?::(?<password>[^/?]*))?@)?"
                    + "(?<host>\\[[0-9A-Fa-f:.]+]|[^:@/?,\\[\\]]*)(?::(?<port>\\d{1,5}))?(?:/(?<database>[^/?]*))?(?:\\?(?<query>.*))?");
    /** Fine tuning of libpq's sockets, or asking for what is so anyway: safe to leave out. */
    private static final Set<String> NEEDLESS = Set.of(
            "client_encoding",
            "keepalives",
            "keepalives_count",
            "keepalives_idle",
            "keepalives_interval",
            "tcp_user_timeout");

    private static final Set<String> UNDERSTOOD = Set.of(
            "application_name",
            "channel_binding",
            "connect_timeout",
            "gssencmode",
            "options",
            "sslmode",
            "sslrootcert",
            "target_session_attrs");
    private static final int MOST_SECONDS_TO_CONNECT = 300;

    /** {@code rootCertificate} null: a certificate is checked against the authorities that Java trusts. */
    record Security(SSLMode mode, @Nullable String rootCertificate, boolean channelBinding) {
        static final Security NONE = new Security(DISABLE, null, false);
    }

    record Extras(
            String applicationName,
            Duration connectTimeout,
            @Nullable String options) {
        static final Extras USUAL = new Extras("todo-api", Duration.ofSeconds(10), null);
    }

    static DatabaseAddress parse(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw refused("is not understood: write it as postgresql://user:password@host:5432/database,"
                    + " with special characters in the password percent-encoded");
        }
        Map<String, String> query = query(parts.group("query"));
        String port = parts.group("port");
        String password = parts.group("password");
        return new DatabaseAddress(
                required(parts.group("host"), "host"),
                port == null ? 5432 : between(1, 65_535, port, "port"),
                required(decoded(parts.group("database")), "database"),
                required(decoded(parts.group("user")), "user"),
                password == null ? null : decoded(password),
                security(query, isThisComputer(parts.group("host"))),
                extras(query));
    }

    /** For people: no password, no parameters. */
    String location() {
        return host + ":" + port + "/" + database;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    Properties jdbcProperties() {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("ApplicationName", extras.applicationName);
        properties.setProperty("connectTimeout", String.valueOf(extras.connectTimeout.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("sslmode", security.mode.toString());
        if (security.rootCertificate != null) {
            properties.setProperty("sslrootcert", security.rootCertificate);
        } else if (security.mode.verifyCertificate()) {
            properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        if (security.channelBinding) {
            properties.setProperty("channelBinding", "require");
        }
        if (extras.options != null) {
            properties.setProperty("options", extras.options);
        }
        return properties;
    }

    PostgresqlConnectionConfiguration.Builder r2dbc() {
        PostgresqlConnectionConfiguration.Builder builder = PostgresqlConnectionConfiguration.builder()
                .host(host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
                .port(port)
                .database(database)
                .username(user)
                .password(password)
                .applicationName(extras.applicationName)
                .connectTimeout(extras.connectTimeout)
                .tcpKeepAlive(true)
                .sslMode(security.mode);
        if (security.rootCertificate != null) {
            builder.sslRootCert(security.rootCertificate);
        }
        if (extras.options != null) {
            builder.options(Map.of("options", extras.options));
        }
        return builder;
    }

    @Override
    public String toString() {
        return "DatabaseAddress[" + location() + "]";
    }

    private static boolean isThisComputer(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static Security security(Map<String, String> query, boolean local) {
        String certificate = query.get("sslrootcert");
        boolean system = "system".equals(certificate);
        boolean binding = "require".equals(oneOf(query, "channel_binding", "prefer", "disable", "prefer", "require"));
        oneOf(query, "gssencmode", "disable", "disable", "allow", "prefer");
        String asked = oneOf(
                query,
                "sslmode",
                // To prefer TLS would cost each start a fifteenth, and each connection, whether there is TLS or not.
                system || binding ? "verify-full" : local ? "allow" : "prefer",
                "disable",
                "allow",
                "prefer",
                "require",
                "verify-ca",
                "verify-full");
        SSLMode mode = SSLMode.fromValue(asked);
        if (binding && !mode.requireSsl()) {
            throw refused("asks for channel_binding=require, which needs sslmode=require or verify-full");
        }
        if (system && mode != VERIFY_FULL && !binding) {
            throw refused("asks for sslrootcert=system, which needs sslmode=verify-full");
        }
        if (certificate != null && !system && (mode == DISABLE || mode == ALLOW || mode == PREFER)) {
            throw refused("names an sslrootcert, which needs sslmode=verify-ca or verify-full");
        }
        if (certificate != null && !system && !Files.isReadable(Path.of(certificate))) {
            throw refused("names an sslrootcert that is not a readable file");
        }
        if (mode == VERIFY_CA && (certificate == null || system)) {
            throw refused("asks for sslmode=verify-ca without a file in sslrootcert: name one, or use verify-full");
        }
        if (mode == REQUIRE && binding) {
            // R2DBC binds the channel where the server offers it but cannot insist on it; what insisting is for,
            // that nobody sits in between, is then had by checking the certificate.
            mode = VERIFY_FULL;
        } else if (mode == REQUIRE && certificate != null) {
            // https://www.postgresql.org/docs/18/libpq-ssl.html#LIBPQ-SSL-CERTIFICATES: as libpq does.
            mode = VERIFY_CA;
        }
        return new Security(mode, system ? null : certificate, binding);
    }

    private static Extras extras(Map<String, String> query) {
        oneOf(query, "target_session_attrs", "any", "any", "read-write", "primary");
        String timeout = query.get("connect_timeout");
        return new Extras(
                query.getOrDefault("application_name", Extras.USUAL.applicationName),
                timeout == null
                        ? Extras.USUAL.connectTimeout
                        : Duration.ofSeconds(between(1, MOST_SECONDS_TO_CONNECT, timeout, "connect_timeout")),
                query.get("options"));
    }

    private static Map<String, String> query(@Nullable String query) {
        Map<String, String> parameters = new HashMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : decoded(pair.substring(0, equals));
            if (!UNDERSTOOD.contains(name) && !NEEDLESS.contains(name)) {
                throw refused("has a parameter that is not understood%s: remove all but %s"
                        .formatted(
                                name.matches("[A-Za-z_]+") ? " (" + name + ")" : "",
                                String.join(", ", UNDERSTOOD.stream().sorted().toList())));
            }
            parameters.put(name, decoded(pair.substring(equals + 1)));
        }
        return parameters;
    }

    private static String oneOf(Map<String, String> query, String name, String usual, String... allowed) {
        String value = query.getOrDefault(name, usual);
        if (!Set.of(allowed).contains(value)) {
            throw refused(
                    "has a value of " + name + " that is not understood: use one of " + String.join(", ", allowed));
        }
        return value;
    }

    private static int between(int least, int most, String number, String name) {
        if (number.matches("\\d{1,9}")) {
            int value = Integer.parseInt(number);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw refused("has a " + name + " that is not a number from " + least + " to " + most);
    }

    private static String required(String value, String name) {
        if (value.isEmpty()) {
            throw refused("names no " + name + ": write it as postgresql://user:password@host:5432/database");
        }
        return value;
    }

    private static String decoded(@Nullable String part) {
        try {
            return part == null ? "" : URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused("has a % that is no percent-encoding: write it as %25");
        }
    }

    private static StartRefused refused(String why) {
        return new StartRefused("DATABASE_URL " + why + ".");
    }
}
