package dev.todo.transfer;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Puts together the lines of iCalendar that were folded, as bytes: a fold may stand within a character. */
final class UnfoldedLines {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int number;
    private boolean tooLong;

    private UnfoldedLines() {}

    static Flux<TextLine> of(Flux<TextLine> lines) {
        return Flux.defer(() -> {
            UnfoldedLines unfolded = new UnfoldedLines();
            return lines.mapNotNull(unfolded::take).concatWith(Flux.defer(unfolded::last));
        });
    }

    /** The line before, once it is whole. */
    private @Nullable TextLine take(TextLine next) {
        byte[] bytes = next.bytes();
        if (number > 0 && bytes != null && bytes.length > 0 && (bytes[0] == ' ' || bytes[0] == '\t')) {
            add(Arrays.copyOfRange(bytes, 1, bytes.length));
            return null;
        }
        TextLine whole = number == 0 ? null : end();
        number = next.isBlank() ? 0 : next.number();
        tooLong = bytes == null;
        if (bytes != null && number > 0) {
            add(bytes);
        }
        return whole;
    }

    private void add(byte[] bytes) {
        if (line.size() + bytes.length > TextLine.LONGEST) {
            tooLong = true;
        } else {
            line.writeBytes(bytes);
        }
    }

    private TextLine end() {
        TextLine whole = new TextLine(number, tooLong ? null : line.toByteArray());
        line.reset();
        return whole;
    }

    private Flux<TextLine> last() {
        return number == 0 ? Flux.empty() : Flux.just(end());
    }
}
