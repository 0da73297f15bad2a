package dev.todo.transfer;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Unfolded lines of iCalendar, judged before the library sees them: of lines that are malformed it takes one for two, two
 * for one, or drops what it does not expect, all without a word.
 */
final class PlainLines {
    static final String MALFORMED = "is not well-formed iCalendar";

    private static final String END = "\r\n";
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9-]{1,100});");

    private PlainLines() {}

    /** The same lines, as the library reads them rightly. */
    static String of(String text) {
        List<String> lines = Arrays.asList(text.split(END, -1));
        return lines.stream()
                .filter(line -> !line.isEmpty())
                .map(PlainLines::readable)
                .collect(Collectors.joining(END, "", END));
    }

    private static String readable(String line) {
        refuseControls(line);
        StringBuilder head = new StringBuilder(line.length());
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == ':' && !quoted) {
                return head + line.substring(i);
            }
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                // It escapes nothing in iCalendar, but it does for the library.
                head.append(c);
            }
            head.append(c);
        }
        throw new EntryRefused(quoted ? "has a double quote that is not closed, in " + name(line) : MALFORMED);
    }

    private static void refuseControls(String line) {
        line.chars()
                .filter(c -> Character.isISOControl(c) && c < 0x80 && c != '\t')
                .findFirst()
                .ifPresent(c -> {
                    throw new EntryRefused("must not contain U+%04X".formatted(c));
                });
    }

    /** Anything may stand where a name should: only a name is shown. */
    private static String name(String line) {
        Matcher name = NAME.matcher(line);
        return name.lookingAt() ? name.group(1) : "a name";
    }
}
