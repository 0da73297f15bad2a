package dev.todo.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.todo.transfer.CalendarComponent.Property;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** What iCalendar cannot say of a task, in properties and parameters of our own. */
final class Extension {
    static final String ID = "X-TODO-ID";
    static final String SERIES_ID = "X-TODO-SERIES-ID";
    static final String NEXT_OCCURRENCE_ID = "X-TODO-NEXT-OCCURRENCE-ID";
    static final String RECURRENCE_MODE = "X-TODO-RECURRENCE-MODE";
    /** The rule of an occurrence that was followed by another: other programs would repeat it again. */
    static final String RECURRENCE = "X-TODO-RECURRENCE";

    private static final String EXACT = "X-TODO-EXACT-";
    private static final String MICROS = "X-TODO-MICROS";
    private static final String CATEGORIES = "CATEGORIES";
    /** No text of iCalendar may have these. */
    private static final Pattern CONTROLS = Pattern.compile("[\\x01-\\x08\\x0b-\\x1f\\x7f]");

    private Extension() {}

    /** Times of iCalendar are in seconds. */
    static String withMicros(String name, Instant time) {
        int micros = time.get(ChronoField.MICRO_OF_SECOND);
        return micros == 0 ? name : name + ";" + MICROS + "=" + micros;
    }

    static Instant micros(Property property, Instant seconds) {
        String micros = property.parameter(MICROS).orElse("0");
        return micros.matches("[0-9]{1,6}") ? seconds.plus(Long.parseLong(micros), ChronoUnit.MICROS) : seconds;
    }

    static String text(String property, String text) {
        return ContentLine.ofText(property, plain(text)) + exactly(property, text);
    }

    static String categories(List<String> tags) {
        List<String> escaped =
                tags.stream().map(tag -> ContentLine.escaped(plain(tag))).toList();
        return ContentLine.of(CATEGORIES, String.join(",", escaped)) + exactly(CATEGORIES, joined(tags));
    }

    /** The text as it was, unless somebody else has changed it since. */
    static String exact(CalendarComponent todo, String property, String text) {
        return todo.property(EXACT + property)
                .map(exact -> decoded(exact.value()))
                .filter(exact -> plain(exact).equals(text))
                .orElse(text);
    }

    static List<String> exact(CalendarComponent todo, List<String> tags) {
        String exact = exact(todo, CATEGORIES, joined(tags));
        return exact.equals(joined(tags)) ? tags : List.of(exact.split(",", -1));
    }

    private static String exactly(String property, String text) {
        return plain(text).equals(text)
                ? ""
                : ContentLine.of(EXACT + property, Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
    }

    private static String decoded(String value) {
        try {
            return new String(Base64.getDecoder().decode(value), UTF_8);
        } catch (IllegalArgumentException notOurs) {
            return "";
        }
    }

    static String plain(String text) {
        return CONTROLS.matcher(text).replaceAll("");
    }

    /** Tags have no commas. */
    private static String joined(List<String> tags) {
        return String.join(",", tags);
    }
}
