package dev.todo.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/** A page for people, or something that such a page is made of: where it is, what it is, and where its bytes come from. */
record Page(String path, MediaType type, boolean immutable, Supplier<byte[]> bytes) {
    private static final String INDEX = "index.html";
    private static final String ASSETS = "assets/";

    static Page html(String path, Supplier<String> html) {
        return new Page(
                path,
                new MediaType(MediaType.TEXT_HTML, UTF_8),
                false,
                () -> html.get().getBytes(UTF_8));
    }

    /**
     * All files in a folder of the class path, under a path ("" is the root); its {@code index.html} is at that path
     * itself. What lies in {@code assets/} never changes: another version has another name.
     */
    static Stream<Page> folder(String folder, String path) {
        PathMatchingResourcePatternResolver classPath = new PathMatchingResourcePatternResolver();
        try {
            Resource root = classPath.getResource("classpath:/" + folder + "/");
            if (!root.exists()) {
                return Stream.of();
            }
            int prefix = root.getURL().toString().length();
            return Stream.of(classPath.getResources("classpath:/" + folder + "/**"))
                    .filter(file -> file.isReadable() && !url(file).endsWith("/"))
                    .map(file -> file(path, url(file).substring(prefix), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Page file(String path, String name, Resource file) {
        MediaType type = MediaTypeFactory.getMediaType(name).orElse(MediaType.APPLICATION_OCTET_STREAM);
        return new Page(
                name.equals(INDEX) && !path.isEmpty() ? path : path + "/" + (name.equals(INDEX) ? "" : name),
                type.getType().equals("text") ? new MediaType(type, UTF_8) : type,
                name.startsWith(ASSETS),
                () -> read(file));
    }

    private static String url(Resource file) {
        try {
            return file.getURL().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Resource file) {
        try {
            return file.getContentAsByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
