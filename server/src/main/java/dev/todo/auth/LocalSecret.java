package dev.todo.auth;

import dev.todo.problem.StartRefused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The secret that a local server makes for itself, once, and keeps beside its data. */
final class LocalSecret {
    private static final String FILE = "auth-secret";
    private static final int BYTES = 32;
    private static final int LONGEST = 4096;

    private LocalSecret() {}

    /** Locks within this process by the monitor and between processes by the file: whoever is second reads. */
    static synchronized String keptIn(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            Files.createDirectories(directory, ownerOnly(directory, "rwx------"));
            try (FileChannel channel = FileChannel.open(file, options(), ownerOnly(directory, "rw-------"))) {
                channel.lock();
                String kept = read(channel);
                return kept.isEmpty() ? write(channel, random()) : usable(file, kept);
            }
        } catch (IOException e) {
            throw new StartRefused(
                    "No secret can be kept in " + file + ": make its folder writable, or set BETTER_AUTH_SECRET.", e);
        }
    }

    private static Set<StandardOpenOption> options() {
        return Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static FileAttribute<?>[] ownerOnly(Path directory, String permissions) {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(LONGEST);
        while (content.hasRemaining() && channel.read(content) >= 0) {}
        return StandardCharsets.UTF_8.decode(content.flip()).toString().strip();
    }

    private static String write(FileChannel channel, String secret) throws IOException {
        ByteBuffer content = StandardCharsets.UTF_8.encode(secret + "\n");
        channel.position(0);
        while (content.hasRemaining()) {
            channel.write(content);
        }
        channel.force(true);
        return secret;
    }

    private static String usable(Path file, String kept) {
        if (!AuthSettings.isLongEnough(kept)) {
            throw new StartRefused(
                    "The secret in " + file + " is damaged: delete the file, and the next start makes a new one.");
        }
        return kept;
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
