package dev.todo.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** A line of iCalendar (RFC 5545, 3.1) as it is written: folded, its text escaped. */
final class ContentLine {
    private static final int MOST_BYTES = 75;

    private ContentLine() {}

    /** {@code name} with its parameters; the value is written as it is. */
    static String of(String name, String value) {
        return folded(name + ":" + value);
    }

    static String ofText(String name, String text) {
        return of(name, escaped(text));
    }

    static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace(",", "\\,")
                .replace(";", "\\;");
    }

    /** Undoes escaping; the library's own takes a backslash before a line break for something else. */
    static String unescaped(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                char escaped = value.charAt(++i);
                text.append(escaped == 'n' || escaped == 'N' ? '\n' : escaped);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** The texts of a list; a comma within one is escaped. */
    static List<String> texts(String value) {
        List<String> texts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == '\\') {
                i++;
            } else if (value.charAt(i) == ',') {
                texts.add(unescaped(value.substring(start, i)));
                start = i + 1;
            }
        }
        texts.add(unescaped(value.substring(start)));
        return texts;
    }

    /** In bytes, as the standard counts, and never within a character. */
    private static String folded(String line) {
        StringBuilder folded = new StringBuilder();
        int bytes = 0;
        for (int i = 0; i < line.length(); i += Character.charCount(line.codePointAt(i))) {
            String character = Character.toString(line.codePointAt(i));
            int more = character.getBytes(UTF_8).length;
            if (bytes + more > MOST_BYTES) {
                folded.append("\r\n ");
                bytes = 1;
            }
            folded.append(character);
            bytes += more;
        }
        return folded.append("\r\n").toString();
    }
}
