package dev.todo.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.todo.files.Folder;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
    static Stream<Page> folder(String name, String path) {
        Folder folder = Folder.of(name);
        return folder.files().stream().map(file -> file(path, file, () -> folder.read(file)));
    }

    private static Page file(String path, String name, Supplier<byte[]> bytes) {
        MediaType type = MediaTypeFactory.getMediaType(name).orElse(MediaType.APPLICATION_OCTET_STREAM);
        return new Page(
                name.equals(INDEX) && !path.isEmpty() ? path : path + "/" + (name.equals(INDEX) ? "" : name),
                type.getType().equals("text") ? new MediaType(type, UTF_8) : type,
                name.startsWith(ASSETS),
                bytes);
    }
}
