package dev.todo.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;

/**
 * Takes an iCalendar file to its components while it is read, so that one is held at a time, and a bad one spoils no
 * other. Here only counts where each begins and ends.
 */
final class CalendarEntries {
    private static final String CALENDAR = "VCALENDAR";
    private static final String TASK = "VTODO";
    private static final String TIME_ZONE = "VTIMEZONE";
    private static final String BEGIN = "BEGIN:";
    private static final String END = "END:";
    private static final int DEEPEST = 5;
    private static final int LONGEST_NAME = 100;

    private static final String NO_CALENDAR = "is not iCalendar: a file must begin with BEGIN:VCALENDAR";
    private static final String NO_TASK = "is no VTODO: only these are imported";
    private static final String TOO_DEEP = "nests components too deeply";
    private static final String MISMATCH = "has an END that does not match its BEGIN";
    private static final String TRUNCATED = "has no END: the file has been cut off";

    private final List<Entry> found = new ArrayList<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final ByteArrayOutputStream component = new ByteArrayOutputStream();
    private int begin;
    private int tooDeep;
    private @Nullable String refusal;
    private boolean outside;

    private CalendarEntries() {}

    static Flux<Entry> entries(Flux<DataBuffer> file) {
        return Flux.defer(() -> {
            CalendarEntries entries = new CalendarEntries();
            return UnfoldedLines.of(TextLines.of(file))
                    .concatMapIterable(entries::take, 1)
                    .concatWith(Flux.defer(() -> Flux.fromIterable(entries.last())));
        });
    }

    private List<Entry> take(TextLine line) {
        String keyword = keyword(line);
        if (open.isEmpty()) {
            takeOutside(keyword, line.number());
        } else if (keyword.startsWith(BEGIN)) {
            open(keyword.substring(BEGIN.length()), line.number());
        } else if (keyword.startsWith(END)) {
            close(keyword.substring(END.length()));
        } else if (open.size() > 1) {
            keep(line);
        } else if (line.bytes() == null) {
            found.add(Entry.refused(line.number(), TextLine.TOO_LONG));
        }
        return drained();
    }

    private List<Entry> last() {
        if (!open.isEmpty()) {
            found.add(Entry.refused(begin, TRUNCATED));
        } else if (begin == 0 && !outside) {
            found.add(Entry.refused(1, NO_CALENDAR));
        }
        return drained();
    }

    private List<Entry> drained() {
        List<Entry> all = List.copyOf(found);
        found.clear();
        return all;
    }

    private void takeOutside(String keyword, int number) {
        if (keyword.equals(BEGIN + CALENDAR)) {
            open(CALENDAR, number);
        } else if (!outside) {
            outside = true;
            found.add(Entry.refused(number, NO_CALENDAR));
        }
    }

    private void open(String name, int number) {
        if (open.size() >= DEEPEST) {
            tooDeep++;
            refuse(TOO_DEEP);
            return;
        }
        open.push(name);
        if (open.size() <= 2) {
            begin = number;
            refusal = null;
            component.reset();
        }
        if (open.size() > 1) {
            keep(BEGIN + name);
        }
    }

    private void close(String name) {
        if (tooDeep > 0) {
            tooDeep--;
            return;
        }
        if (!name.equals(open.peek())) {
            refuse(MISMATCH);
            if (!open.contains(name)) {
                return;
            }
        }
        while (!open.isEmpty() && !name.equals(open.peek())) {
            closeInnermost();
        }
        closeInnermost();
    }

    private void closeInnermost() {
        boolean whole = open.size() == 2;
        if (open.size() > 1) {
            keep(END + open.peek());
        }
        String name = open.pop();
        if (whole && !name.equals(TIME_ZONE)) {
            found.add(entry(name));
        }
    }

    private Entry entry(String name) {
        if (!name.equals(TASK)) {
            return Entry.refused(begin, NO_TASK);
        }
        if (refusal != null) {
            return Entry.refused(begin, refusal);
        }
        try {
            return Entry.of(begin, CalendarTask.json(component.toByteArray()));
        } catch (EntryRefused refused) {
            return Entry.refused(begin, refused.says());
        }
    }

    private void keep(TextLine line) {
        byte[] bytes = line.bytes();
        if (bytes == null) {
            refuse(TextLine.TOO_LONG);
        } else {
            keep(bytes);
        }
    }

    private void keep(String line) {
        keep(line.getBytes(UTF_8));
    }

    private void keep(byte[] line) {
        if (!TASK.equals(outermost()) || refusal != null) {
            return;
        }
        if (component.size() + line.length + 2 > TextLine.LONGEST) {
            refuse(TextLine.TOO_LONG);
            return;
        }
        component.writeBytes(line);
        component.write('\r');
        component.write('\n');
    }

    /** The component that stands in the calendar itself. */
    private @Nullable String outermost() {
        String outermost = null;
        int depth = open.size();
        for (String name : open) {
            if (depth-- == 2) {
                outermost = name;
            }
        }
        return outermost;
    }

    private void refuse(String why) {
        if (refusal == null) {
            refusal = why;
        }
    }

    /** A line that begins or ends a component, in upper case; of any other only so much that it cannot be taken for one. */
    private static String keyword(TextLine line) {
        byte[] bytes = line.bytes();
        return bytes == null || bytes.length > LONGEST_NAME
                ? ""
                : new String(bytes, UTF_8).strip().toUpperCase(Locale.ROOT);
    }
}
