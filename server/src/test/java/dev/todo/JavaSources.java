package dev.todo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java files of all modules that are written by hand. */
final class JavaSources {
    private JavaSources() {}

    static List<Path> all() {
        Path root = serverModule().resolveSibling(".").normalize();
        return list(root).stream()
                .flatMap(module -> Stream.of("src/main/java", "src/test/java").map(module::resolve))
                .filter(Files::isDirectory)
                .flatMap(sources -> walk(sources).stream())
                .toList();
    }

    static List<Path> stores() {
        return walk(serverModule().resolve("src/main/java")).stream()
                .filter(file -> file.toString().endsWith("Store.java"))
                .toList();
    }

    /** The other sources of the package. */
    static List<String> neighbours(Path file) {
        return list(file.resolveSibling(".").normalize()).stream()
                .filter(other -> other.toString().endsWith(".java") && !other.equals(file))
                .map(JavaSources::read)
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path serverModule() {
        try {
            Path classes = Path.of(TodoServer.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return classes.resolve("../..").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> walk(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
