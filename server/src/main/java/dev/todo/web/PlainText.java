package dev.todo.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a schema asks of a text. */
record PlainText(
        int least,
        int most,
        @Nullable Set<String> values,
        @Nullable Pattern pattern,
        @Nullable Pattern format) {
    private static final Set<String> KEYWORDS =
            Set.of("type", "nullable", "minLength", "maxLength", "pattern", "enum", "format");

    /** Formats that ask for nothing. */
    private static final Set<String> MERE_HINTS = Set.of("", "password");

    /** The part of regular expressions that Java's and those of JavaScript, the contract's, read alike. */
    private static final Pattern IN_COMMON = Pattern.compile("""
            (?x) \\^ (?:
                \\[ \\^? (?: [\\x20-~&&[^\\[\\]\\\\^&]] | \\\\t | \\\\x[0-9A-F]{2} | \\\\u(?!D[89A-F]|E0)[0-9A-F]{4} )+ \\]
                | [A-Za-z0-9:,/"=@_-]
                | \\\\[*+.?/-]
                | \\( (?!\\?) | \\) | \\|
                | (?: [*+?] | \\{[0-9]+(?:,[0-9]*)?} ) (?![*+?{])
            )* \\$""");

    private static final String DAY = "(?:19|[2-9][0-9])[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])";
    private static final String TIME =
            "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,6})?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])";

    /** How those formats are written on most days that ask for something. */
    private static final Map<String, Pattern> FORMATS =
            Map.of("date", Pattern.compile(DAY), "date-time", Pattern.compile(DAY + TIME));

    /** What stands for each half of a surrogate pair: JavaScript's patterns see two characters, Java's one. */
    private static final char HALF = '\uE000';

    /** Null when the schema asks for more than is known here. */
    static @Nullable PlainText of(JsonNode schema) {
        String format = schema.path("format").asText();
        String pattern = schema.path("pattern").asText();
        boolean isKnown = PlainJson.asksOnlyFor(schema, KEYWORDS)
                && (FORMATS.containsKey(format) || MERE_HINTS.contains(format))
                && (pattern.isEmpty() || IN_COMMON.matcher(pattern).matches());
        if (!isKnown) {
            return null;
        }
        return new PlainText(
                schema.path("minLength").asInt(0),
                schema.path("maxLength").asInt(Integer.MAX_VALUE),
                schema.has("enum") ? values(schema.get("enum")) : null,
                pattern.isEmpty() ? null : Pattern.compile(pattern),
                FORMATS.get(format));
    }

    private static Set<String> values(JsonNode listed) {
        Set<String> values = new HashSet<>();
        listed.forEach(value -> values.add(value.asText()));
        return values;
    }

    boolean holds(String text) {
        if (values != null && !values.contains(text)) {
            return false;
        }
        String units = inUnits(text);
        if (units == null) {
            return false;
        }
        int length = units.equals(text) ? text.length() : text.codePointCount(0, text.length());
        return length >= least
                && length <= most
                && (pattern == null || pattern.matcher(units).matches())
                && (format == null || (format.matcher(text).matches() && isDay(text)));
    }

    /** The text as JavaScript's patterns see it; null when it is not well-formed. */
    private static @Nullable String inUnits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return JsonBody.isWellFormed(text) ? withoutPairs(text) : null;
            }
        }
        return text;
    }

    private static String withoutPairs(String text) {
        char[] units = text.toCharArray();
        for (int i = 0; i < units.length; i++) {
            if (Character.isSurrogate(units[i])) {
                units[i] = HALF;
            }
        }
        return new String(units);
    }

    private static boolean isDay(String text) {
        return number(text, 8, 10)
                <= YearMonth.of(number(text, 0, 4), number(text, 5, 7)).lengthOfMonth();
    }

    private static int number(String text, int start, int end) {
        return Integer.parseInt(text, start, end, 10);
    }
}
