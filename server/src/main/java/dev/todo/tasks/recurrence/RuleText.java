package dev.todo.tasks.recurrence;

import static dev.todo.tasks.recurrence.Frequency.DAILY;
import static dev.todo.tasks.recurrence.Frequency.WEEKLY;
import static dev.todo.tasks.recurrence.Frequency.YEARLY;
import static dev.todo.tasks.recurrence.Part.BYDAY;
import static dev.todo.tasks.recurrence.Part.BYMONTH;
import static dev.todo.tasks.recurrence.Part.BYMONTHDAY;
import static dev.todo.tasks.recurrence.Part.BYSETPOS;
import static dev.todo.tasks.recurrence.Part.COUNT;
import static dev.todo.tasks.recurrence.Part.FREQ;
import static dev.todo.tasks.recurrence.Part.INTERVAL;
import static dev.todo.tasks.recurrence.Part.UNTIL;
import static dev.todo.tasks.recurrence.Part.WKST;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads rules as users write them, and says what is wrong with those that are not taken. */
final class RuleText {
    private static final int LONGEST = 255;
    private static final LocalDate LEAP_YEAR = LocalDate.of(2000, 1, 1);
    private static final Pattern WRITABLE = Pattern.compile("[!-~]*");
    private static final Pattern PART = Pattern.compile("[A-Z][A-Z0-9-]*=[^=;]*");

    private static final Set<String> WITHIN_A_DAY = Set.of("FREQ=HOURLY", "FREQ=MINUTELY", "FREQ=SECONDLY");
    private static final Set<String> NOT_TAKEN =
            Set.of("BYHOUR", "BYMINUTE", "BYSECOND", "BYWEEKNO", "BYYEARDAY", "RSCALE", "SKIP");

    private RuleText() {}

    static EnumMap<Part, String> parts(String text) {
        if (text.length() > LONGEST) {
            throw new RuleRefused("A recurrence rule has at most 255 characters.");
        }
        if (!WRITABLE.matcher(text).matches()) {
            throw new RuleRefused("A recurrence rule is written in ASCII, in one line and without spaces.");
        }
        String upperCase = text.toUpperCase(Locale.ROOT);
        if (upperCase.startsWith("RRULE:")) {
            throw new RuleRefused("A recurrence rule is written without RRULE: before it.");
        }
        EnumMap<Part, String> parts = new EnumMap<>(Part.class);
        for (String part : upperCase.split(";", -1)) {
            add(part, parts);
        }
        ensureSense(parts);
        parts.remove(INTERVAL, "1");
        parts.remove(WKST, "MO");
        return parts;
    }

    private static void add(String text, EnumMap<Part, String> parts) {
        if (!PART.matcher(text).matches()) {
            throw new RuleRefused("A recurrence rule is made of parts such as FREQ=DAILY, separated by semicolons.");
        }
        if (WITHIN_A_DAY.contains(text)) {
            throw new RuleRefused(text + " is not taken: a task is due once a day at most.");
        }
        int equals = text.indexOf('=');
        Part part = part(text.substring(0, equals));
        if (parts.put(part, part.canonical(text.substring(equals + 1))) != null) {
            throw new RuleRefused(part + " stands in the recurrence rule twice.");
        }
    }

    private static Part part(String name) {
        for (Part part : Part.values()) {
            if (part.name().equals(name)) {
                return part;
            }
        }
        if (NOT_TAKEN.contains(name) || name.startsWith("X-")) {
            throw new RuleRefused(name + " is not taken in recurrence rules.");
        }
        throw new RuleRefused(name + " is no part of recurrence rules.");
    }

    /** Each part is good by itself: are they together? */
    private static void ensureSense(EnumMap<Part, String> parts) {
        Frequency frequency = Frequency.valueOf(required(parts.get(FREQ)));
        if (parts.containsKey(COUNT) && parts.containsKey(UNTIL)) {
            throw new RuleRefused("COUNT and UNTIL do not go together.");
        }
        if (frequency == WEEKLY && parts.containsKey(BYMONTHDAY)) {
            throw new RuleRefused("BYMONTHDAY does not go with FREQ=WEEKLY.");
        }
        if (parts.getOrDefault(BYDAY, "").matches(".*[0-9].*")) {
            ensureDaysCanBeNumbered(frequency, parts);
        }
        String positions = parts.get(BYSETPOS);
        if (positions != null) {
            ensurePositionsInSomething(positions, frequency, parts);
        }
        if (!canHappen(parts)) {
            throw new RuleRefused("The recurrence rule names no date that there ever is.");
        }
    }

    private static String required(@Nullable String frequency) {
        if (frequency == null) {
            throw new RuleRefused("A recurrence rule needs FREQ.");
        }
        return frequency;
    }

    private static void ensureDaysCanBeNumbered(Frequency frequency, EnumMap<Part, String> parts) {
        if (frequency == DAILY || frequency == WEEKLY) {
            throw new RuleRefused("BYDAY takes numbers with FREQ=MONTHLY and FREQ=YEARLY only.");
        }
        if (frequency == YEARLY && parts.containsKey(BYMONTHDAY) && !parts.containsKey(BYMONTH)) {
            throw new RuleRefused(
                    "With FREQ=YEARLY and BYMONTHDAY, BYDAY takes numbers only if there is BYMONTH, too.");
        }
    }

    private static void ensurePositionsInSomething(String positions, Frequency frequency, EnumMap<Part, String> parts) {
        if (parts.keySet().stream().noneMatch(part -> part.isBy && part != BYSETPOS)) {
            throw new RuleRefused("BYSETPOS needs another part that begins with BY.");
        }
        int most = frequency.mostDays;
        if (Stream.of(positions.split(",")).anyMatch(position -> Math.abs(Integer.parseInt(position)) > most)) {
            throw new RuleRefused(
                    "With FREQ=" + frequency + ", BYSETPOS goes up to " + most + " and down to -" + most + ".");
        }
    }

    private static boolean canHappen(EnumMap<Part, String> parts) {
        EnumMap<Part, String> everyPeriod = new EnumMap<>(parts);
        everyPeriod.remove(INTERVAL);
        return new Occurrences(new Rule(everyPeriod), LEAP_YEAR, LEAP_YEAR).next() != null;
    }
}
