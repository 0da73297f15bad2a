package dev.todo.tasks.recurrence;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a task repeats: a recurrence rule of <a href="https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10">RFC 5545</a>
 * whose periods are days or longer. It is counted from the occurrence that carries it.
 */
public final class Rule {
    private static final String ALL_MONTHS = "1,2,3,4,5,6,7,8,9,10,11,12";
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX");

    private final EnumMap<Part, String> parts;

    Rule(Map<Part, String> parts) {
        this.parts = new EnumMap<>(parts);
    }

    /**
     * Reads a rule that a user has written.
     *
     * @throws RuleRefused if it is no such rule, or one that is not taken
     */
    public static Rule parse(String text) {
        return new Rule(RuleText.parts(text));
    }

    /** Reads what {@link #text()} has written: it was judged before it was kept, and lists read many. */
    public static Rule kept(String text) {
        EnumMap<Part, String> parts = new EnumMap<>(Part.class);
        for (String part : text.split(";", -1)) {
            int sign = part.indexOf('=');
            parts.put(Part.valueOf(part.substring(0, sign)), part.substring(sign + 1));
        }
        return new Rule(parts);
    }

    /** The rule in the one way it is written here: upper case, parts and lists in order, defaults left out. */
    public String text() {
        return text(parts);
    }

    Frequency frequency() {
        return Frequency.valueOf(requireNonNull(parts.get(Part.FREQ)));
    }

    int interval() {
        return Integer.parseInt(parts.getOrDefault(Part.INTERVAL, "1"));
    }

    DayOfWeek weekStart() {
        return weekday(parts.getOrDefault(Part.WKST, "MO"));
    }

    /** How many occurrences are left, with the one at hand. */
    OptionalInt count() {
        String count = parts.get(Part.COUNT);
        return count == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(count));
    }

    /** The rule for an occurrence with which so many are left, if it counts them. */
    Rule counting(int left) {
        if (count().isEmpty()) {
            return this;
        }
        EnumMap<Part, String> changed = new EnumMap<>(parts);
        changed.put(Part.COUNT, Integer.toString(left));
        return new Rule(changed);
    }

    /** Whether an occurrence lies within UNTIL, which is inclusive: a date as dates go, an instant as instants go. */
    boolean reaches(Due due, ZoneId accountZone) {
        String until = parts.get(Part.UNTIL);
        if (until == null) {
            return true;
        }
        return until.length() == 8
                ? !due.date().isAfter(LocalDate.parse(until, DateTimeFormatter.BASIC_ISO_DATE))
                : due.beginsBy(UTC.parse(until, Instant::from), accountZone);
    }

    /**
     * The rule without its bounds, and with whatever it takes over from its first date: it then means the same from
     * whichever day of the first period it is counted. Lib-recur would take the month from the first date even if a
     * yearly rule names days of the month, where RFC 5545 has them in every month.
     */
    String unbounded(LocalDate first) {
        EnumMap<Part, String> all = new EnumMap<>(parts);
        all.remove(Part.COUNT);
        all.remove(Part.UNTIL);
        boolean namesDays = all.containsKey(Part.BYDAY) || all.containsKey(Part.BYMONTHDAY);
        switch (frequency()) {
            case DAILY -> {}
            case WEEKLY -> all.putIfAbsent(Part.BYDAY, twoLetters(first.getDayOfWeek()));
            case MONTHLY -> {
                if (!namesDays) {
                    all.put(Part.BYMONTHDAY, Integer.toString(first.getDayOfMonth()));
                }
            }
            case YEARLY -> {
                if (!namesDays) {
                    all.put(Part.BYMONTHDAY, Integer.toString(first.getDayOfMonth()));
                    all.putIfAbsent(Part.BYMONTH, Integer.toString(first.getMonthValue()));
                } else if (all.containsKey(Part.BYMONTHDAY)) {
                    all.putIfAbsent(Part.BYMONTH, ALL_MONTHS);
                }
            }
        }
        return text(all);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Rule rule && rule.parts.equals(parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }

    private static String text(EnumMap<Part, String> parts) {
        return parts.entrySet().stream()
                .map(part -> part.getKey() + "=" + part.getValue())
                .collect(joining(";"));
    }

    private static String twoLetters(DayOfWeek day) {
        return day.name().substring(0, 2);
    }

    private static DayOfWeek weekday(String twoLetters) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (twoLetters(day).equals(twoLetters)) {
                return day;
            }
        }
        throw new IllegalArgumentException(twoLetters);
    }
}
