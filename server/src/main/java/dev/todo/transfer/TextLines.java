package dev.todo.transfer;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;

/** Takes a file to lines while it is read. They end with LF or CRLF, the last one with the file. */
final class TextLines {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int number;

    private TextLines() {}

    static Flux<TextLine> of(Flux<DataBuffer> file) {
        return Flux.defer(() -> {
            TextLines lines = new TextLines();
            return file.concatMapIterable(lines::split, 1).concatWith(Flux.defer(lines::last));
        });
    }

    private List<TextLine> split(DataBuffer piece) {
        byte[] bytes = new byte[piece.readableByteCount()];
        piece.read(bytes);
        DataBufferUtils.release(piece);
        List<TextLine> ended = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                add(bytes, start, i);
                ended.add(end());
                start = i + 1;
            }
        }
        add(bytes, start, bytes.length);
        return ended;
    }

    /** Of a line that is too long no more is kept than shows it: two bytes, since one may be a CR. */
    private void add(byte[] bytes, int from, int to) {
        int room = TextLine.LONGEST + 2 + BYTE_ORDER_MARK.length - line.size();
        line.write(bytes, from, Math.min(to - from, room));
    }

    private TextLine end() {
        byte[] bytes = line.toByteArray();
        line.reset();
        number++;
        int from = number == 1 && startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
        int to = bytes.length > from && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        return new TextLine(number, to - from > TextLine.LONGEST ? null : Arrays.copyOfRange(bytes, from, to));
    }

    private Flux<TextLine> last() {
        return line.size() == 0 ? Flux.empty() : Flux.just(end());
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }
}
