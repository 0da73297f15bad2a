package dev.todo.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.AotDetector;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** A folder of the class path: its files, those of folders within it too, each by its path from there. */
public record Folder(String name, List<String> files) {
    /** Empty where there is no such folder. */
    public static Folder of(String name) {
        List<String> files = AotDetector.useGeneratedArtifacts() ? listed(name) : null;
        return new Folder(name, files == null ? found(name) : files);
    }

    public byte[] read(String file) {
        return read(Folder.class.getResourceAsStream("/" + name + "/" + file), file);
    }

    /** Where the build keeps a list of the files: to find them among all that is in the jar would take a while. */
    public static String list(String name) {
        return "META-INF/folders/" + name;
    }

    private static @Nullable List<String> listed(String name) {
        InputStream list = Folder.class.getResourceAsStream("/" + list(name));
        return list == null
                ? null
                : new String(read(list, name), StandardCharsets.UTF_8).lines().toList();
    }

    private static List<String> found(String name) {
        PathMatchingResourcePatternResolver classPath = new PathMatchingResourcePatternResolver();
        try {
            Resource root = classPath.getResource("classpath:/" + name + "/");
            if (!root.exists()) {
                return List.of();
            }
            int prefix = root.getURL().toString().length();
            return Stream.of(classPath.getResources("classpath:/" + name + "/**"))
                    .filter(Resource::isReadable)
                    .map(file -> url(file).substring(prefix))
                    .filter(file -> !file.isEmpty() && !file.endsWith("/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String url(Resource file) {
        try {
            return file.getURL().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(@Nullable InputStream file, String name) {
        try (file) {
            if (file == null) {
                throw new FileNotFoundException(name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
