package dev.todo.transfer;

import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;

/** Tasks as JSON Lines. */
final class JsonLines {
    private JsonLines() {}

    static Flux<Entry> entries(Flux<DataBuffer> file) {
        return TextLines.of(file).filter(line -> !line.isBlank()).map(JsonLines::entry);
    }

    private static Entry entry(TextLine line) {
        return line.bytes() == null
                ? Entry.refused(line.number(), TextLine.TOO_LONG)
                : Entry.of(line.number(), line.bytes());
    }
}
