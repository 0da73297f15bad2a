package dev.todo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that come and go. */
class TransfersTest extends FaultTest {
    private static final Behaviour PORTAL = Behaviour.reply(200, "text/html", "<html>Log in</html>");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("tasks.jsonl"), "earlier");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void anExportTakesThePlaceOfAnEarlierOne() throws IOException {
        server.script(Behaviour.reply(200, "application/x-ndjson; charset=utf-8", "{}"));

        assertThat(todo.tasks().exportTo(file, TaskFormat.JSON_LINES)).isEqualTo(file);
        assertThat(file).hasContent("{}");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void whatALinkLeadsToIsReplacedAndTheLinkStays() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        server.script(Behaviour.reply(200, "application/x-ndjson", "{}"));

        todo.tasks().exportTo(link, TaskFormat.JSON_LINES);
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("{}");
    }

    @Test
    void aPageOfSomebodyElsesIsNoExport() throws IOException {
        server.always(PORTAL);

        assertThatThrownBy(() -> todo.tasks().exportTo(file, TaskFormat.JSON_LINES))
                .isInstanceOf(UnexpectedAnswerException.class);
        assertThatThrownBy(() -> todo.tasks().export(TaskFormat.ICALENDAR))
                .isInstanceOf(UnexpectedAnswerException.class);
        assertThatThrownBy(() -> todo.account().exportTo(file)).isInstanceOf(UnexpectedAnswerException.class);
        assertThatThrownBy(() -> todo.server().contract()).isInstanceOf(UnexpectedAnswerException.class);
        assertThat(file).hasContent("earlier");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void aPageOfSomebodyElsesIsNoSuccessEither() {
        server.always(PORTAL);

        assertThatThrownBy(() -> todo.tasks().delete(7)).isInstanceOf(UnexpectedAnswerException.class);
        assertThatThrownBy(() -> todo.account().logOut()).isInstanceOf(UnexpectedAnswerException.class);
    }

    @Test
    void aCancelledExportLeavesNothing() throws Exception {
        server.always(Behaviour.silence());
        CompletableFuture<Path> export = todo.async().tasks().exportTo(file, TaskFormat.JSON_LINES);
        server.request(0);

        export.cancel(true);
        todo.close();

        assertThat(file).hasContent("earlier");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void aFolderIsNoFile() {
        assertThatThrownBy(() -> todo.tasks().exportTo(folder, TaskFormat.JSON_LINES))
                .isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> todo.tasks().importFrom(folder, TaskFormat.JSON_LINES))
                .isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> todo.tasks().importFrom(folder.resolve("none"), TaskFormat.JSON_LINES))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(folder).isDirectory();
        assertThat(server.requests()).isEmpty();
    }
}
