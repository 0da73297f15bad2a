package dev.todo.database;

import dev.todo.problem.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The folder that holds what a server without {@code DATABASE_URL} keeps: {@code TODO_DATA_DIR}. */
@ConfigurationProperties("todo.data")
public record DataDirectory(@Nullable Path dir) {
    private static final FileAttribute<Set<PosixFilePermission>> OURS_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** The folder, made on the first call, so that a server which keeps nothing locally leaves no trace. */
    public Path path() {
        Path path = chosen().toAbsolutePath().normalize();
        try {
            Files.createDirectories(path, OURS_ALONE);
        } catch (IOException e) {
            throw refused(path, "cannot be made (" + e.getClass().getSimpleName() + ")");
        }
        if (!Files.isWritable(path)) {
            throw refused(path, "cannot be written");
        }
        return path;
    }

    private Path chosen() {
        return dir == null || dir.toString().isBlank() ? Path.of(System.getProperty("user.home"), ".todo-api") : dir;
    }

    private static StartRefused refused(Path path, String why) {
        return new StartRefused(
                "The data folder %s %s: set TODO_DATA_DIR to a folder that this user may write.".formatted(path, why));
    }
}
