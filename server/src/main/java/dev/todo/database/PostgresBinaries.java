package dev.todo.database;

import dev.todo.problem.StartRefused;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL, unpacked from Maven Central's archive into a folder of ours, and how to run them. We take
 * only the archive: io.zonky's {@code EmbeddedPostgres} is made for tests, trusts every local user, turns fsync off and
 * deletes what looks stale in a folder that others can write.
 */
final class PostgresBinaries {
    static final String MAJOR_VERSION = "18";

    private static final int EXECUTABLE = 0100;

    private final Path folder;
    private final Path log;

    PostgresBinaries(Path folder, Path log) {
        this.folder = folder;
        this.log = log;
    }

    /** Unpacks the archive unless it has been: a folder with the final name is a complete one. */
    void unpack() throws IOException {
        URLConnection archive = archive().openConnection();
        Path complete = folder.resolve("unpacked-" + archive.getContentLengthLong());
        if (Files.isDirectory(complete)) {
            return;
        }
        FileSystemUtils.deleteRecursively(folder);
        Path growing = Files.createDirectories(folder.resolve("growing"));
        try (InputStream bytes = archive.getInputStream();
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(bytes))) {
            for (@Nullable TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, growing);
            }
        }
        Files.move(growing, complete, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path root) throws IOException {
        Path target = root.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(target, root.resolve(entry.getLinkName()).normalize());
        } else {
            Files.copy(content, target);
            if ((entry.getMode() & EXECUTABLE) != 0 && !target.toFile().setExecutable(true, true)) {
                throw new IOException(target + " cannot be made executable");
            }
        }
    }

    /** Runs a program to its end, says whether it went well; what it prints goes to the log. */
    boolean run(String program, List<String> arguments) throws IOException {
        return run(program, arguments, ProcessBuilder.Redirect.PIPE);
    }

    boolean run(String program, List<String> arguments, Path input) throws IOException {
        return run(program, arguments, ProcessBuilder.Redirect.from(input.toFile()));
    }

    private boolean run(String program, List<String> arguments, ProcessBuilder.Redirect input) throws IOException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, with root's files.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(program(program).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(input)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        String path = builder.environment().getOrDefault("PATH", "/usr/bin:/bin");
        // No secret of ours, and none of PostgreSQL's own variables, reaches the child.
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", path, "LC_ALL", "C", "TZ", "UTC"));
        Process process = builder.start();
        try {
            return process.waitFor() == 0;
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + program + " ran", e);
        }
    }

    private Path program(String name) throws IOException {
        try (var unpacked = Files.newDirectoryStream(folder, "unpacked-*")) {
            for (Path version : unpacked) {
                return version.resolve("bin").resolve(name);
            }
        }
        throw new IOException("No program of PostgreSQL in " + folder);
    }

    private static URL archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String name = "postgres-%s-%s.txz"
                .formatted(
                        system.startsWith("mac") ? "darwin" : system.split(" ", 2)[0],
                        machine.equals("aarch64") ? "arm_64" : machine.equals("amd64") ? "x86_64" : machine);
        URL found = PostgresBinaries.class.getClassLoader().getResource(name);
        if (found == null) {
            throw new StartRefused(
                    "There is no embedded PostgreSQL for %s on %s: set DATABASE_URL to a PostgreSQL of your own."
                            .formatted(system, machine));
        }
        return found;
    }

    static void refuseBareRoot() {
        boolean root = "root".equals(System.getProperty("user.name")) && File.separatorChar == '/';
        if (root && !LinuxUtils.isUnshareAvailable()) {
            throw new StartRefused("PostgreSQL does not run as root, and this system does not let root step"
                    + " down with unshare: start the server as another user, or set DATABASE_URL.");
        }
    }
}
