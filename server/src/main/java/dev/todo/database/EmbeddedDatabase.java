package dev.todo.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.todo.problem.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL that this server starts, owns and stops, with its data in a folder. Only the role {@code todo} can
 * log in, only from this machine and only with the password that lies in the folder; the superuser cannot at all.
 */
final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String ROLE = "todo";
    private static final String HOST = "127.0.0.1";
    private static final String SECONDS_TO_START = "300";
    private static final String SECONDS_TO_STOP = "30";
    private static final int ATTEMPTS = 3;
    private static final int PASSWORD_BYTES = 32;

    private static final Set<Path> IN_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Path data;
    private final Path passwordFile;
    private final Path log;
    private final PostgresBinaries binaries;
    private final FileChannel lock;
    private final DatabaseAddress address;

    private EmbeddedDatabase(Path dataDirectory) throws IOException {
        PostgresBinaries.refuseBareRoot();
        folder = dataDirectory.toRealPath().resolve("postgresql");
        data = folder.resolve("data");
        passwordFile = folder.resolve("password");
        log = folder.resolve("postgresql.log");
        binaries = new PostgresBinaries(folder.resolve("binaries"), log);
        lock = lock();
        try {
            address = start();
        } catch (IOException | RuntimeException e) {
            unlock();
            throw e;
        }
    }

    static EmbeddedDatabase start(Path dataDirectory) {
        try {
            return new EmbeddedDatabase(dataDirectory);
        } catch (IOException | UncheckedIOException e) {
            throw new StartRefused(
                    "The embedded PostgreSQL in %s did not start (%s): mend that, or set TODO_DATA_DIR to another folder."
                            .formatted(dataDirectory, NestedExceptionUtils.getMostSpecificCause(e)),
                    e);
        }
    }

    DatabaseAddress address() {
        return address;
    }

    String location() {
        return "embedded PostgreSQL " + PostgresBinaries.MAJOR_VERSION + " in " + folder.getParent();
    }

    /** Stops PostgreSQL, and only then lets another server have the folder. */
    @Override
    public void close() {
        try {
            if (!pgCtl("stop", "-m", "fast", "-t", SECONDS_TO_STOP)) {
                LOG.warn("The embedded PostgreSQL did not stop in {} s; the next start will end it", SECONDS_TO_STOP);
            }
            unlock();
        } catch (IOException e) {
            LOG.warn("The embedded PostgreSQL could not be stopped; the next start will end it", e);
        }
    }

    private FileChannel lock() throws IOException {
        // Looked up first: to close a second channel on the file would give up this process's lock on it (man fcntl).
        if (IN_THIS_PROCESS.add(folder)) {
            FileChannel channel = FileChannel.open(
                    folder.resolveSibling("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return channel;
            }
            channel.close();
            IN_THIS_PROCESS.remove(folder);
        }
        throw new StartRefused(("Another server uses the data folder %s: stop it, or set TODO_DATA_DIR to"
                        + " another folder, or DATABASE_URL to a PostgreSQL for both.")
                .formatted(folder.getParent()));
    }

    private void unlock() throws IOException {
        lock.close();
        IN_THIS_PROCESS.remove(folder);
    }

    private DatabaseAddress start() throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Files.deleteIfExists(log);
        refuseOtherVersion();
        binaries.unpack();
        endOrphan();
        if (!Files.exists(data)) {
            initialise();
        }
        String password = Files.readString(passwordFile).strip();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            int port = freePort();
            configure(port);
            if (pgCtl("start", "-t", SECONDS_TO_START, "-l", log.toString())) {
                return new DatabaseAddress(
                        HOST, port, ROLE, ROLE, password, DatabaseAddress.Security.NONE, DatabaseAddress.Extras.USUAL);
            }
            endOrphan();
        }
        throw failed("did not start");
    }

    /** A server that was killed leaves its PostgreSQL running. We hold the lock, so nobody else's it can be. */
    private void endOrphan() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> orphan = Files.readAllLines(pidFile).stream()
                .limit(1)
                .filter(line -> line.matches("\\d{1,10}"))
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line)).stream())
                .filter(this::servesOurData)
                .findFirst();
        if (orphan.isEmpty()) {
            // Left by a crash of the machine; its number may be another process's by now, which PostgreSQL would heed.
            Files.delete(pidFile);
            return;
        }
        LOG.info("Ending the PostgreSQL that a server killed earlier has left in {}", folder);
        if (!pgCtl("stop", "-m", "fast", "-t", SECONDS_TO_STOP)) {
            orphan.get().destroyForcibly();
        }
        try {
            orphan.get().onExit().get(Long.parseLong(SECONDS_TO_STOP), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while an earlier PostgreSQL ended", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("The PostgreSQL that an earlier server has left does not end", e);
        }
    }

    private boolean servesOurData(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        return info.command().orElse("").endsWith("/postgres")
                && List.of(info.arguments().orElseGet(() -> new String[0])).contains(data.toString());
    }

    private void refuseOtherVersion() throws IOException {
        Path versionFile = data.resolve("PG_VERSION");
        if (!Files.exists(versionFile)) {
            return;
        }
        String version = Files.readString(versionFile).strip();
        if (!version.equals(PostgresBinaries.MAJOR_VERSION)) {
            throw new StartRefused(("The data folder %s holds data of PostgreSQL %s, and this server brings"
                            + " PostgreSQL %s: move the data with pg_dump, or set TODO_DATA_DIR to another folder.")
                    .formatted(folder, version, PostgresBinaries.MAJOR_VERSION));
        }
    }

    /** Makes the cluster under another name first: a folder named {@code data} is always a complete one. */
    private void initialise() throws IOException {
        Path growing = folder.resolve("data.growing");
        FileSystemUtils.deleteRecursively(growing);
        String password = newPassword();
        if (!binaries.run(
                "initdb",
                List.of(
                        "--pgdata=" + growing,
                        "--username=postgres",
                        "--auth=reject",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8"))) {
            throw failed("could not make its data folder");
        }
        Path roles = growing.resolve("first.sql");
        Files.writeString(roles, """
                create role %1$s login password '%2$s';
                create database %1$s owner %1$s;
                """.formatted(ROLE, password));
        // Before anybody can connect: a PostgreSQL that listens nowhere and reads its statements from a file.
        if (!binaries.run(
                "postgres",
                List.of("--single", "-D", growing.toString(), "-c", "exit_on_error=on", "postgres"),
                roles)) {
            throw failed("could not make its first role");
        }
        Files.delete(roles);
        Files.writeString(
                growing.resolve("pg_hba.conf"), "host %1$s %1$s %2$s/32 scram-sha-256%n".formatted(ROLE, HOST));
        Files.move(growing, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private String newPassword() throws IOException {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(passwordFile, StandardOpenOption.WRITE)) {
            channel.write(UTF_8.encode(password));
            channel.force(true);
        }
        return password;
    }

    private void configure(int port) throws IOException {
        Files.writeString(
                data.resolve("postgresql.conf"), """
                # Written at every start of the server.
                listen_addresses = '%s'
                port = %d
                unix_socket_directories = ''
                max_connections = %d
                password_encryption = 'scram-sha-256'
                fsync = on
                full_page_writes = on
                synchronous_commit = on
                timezone = 'UTC'
                log_timezone = 'UTC'
                # What people write into their tasks does not get into a log.
                log_min_messages = log
                log_min_error_statement = panic
                log_checkpoints = off
                """.formatted(HOST, port, DatabaseSettings.LARGEST_POOL + 20));
    }

    private boolean pgCtl(String action, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(action, "-D", data.toString(), "-w"));
        arguments.addAll(List.of(options));
        return binaries.run("pg_ctl", arguments);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }

    private StartRefused failed(String what) {
        return new StartRefused(
                "The embedded PostgreSQL %s: the reason is at the end of %s; with DATABASE_URL another PostgreSQL is used."
                        .formatted(what, log));
    }
}
