package dev.todo.tasks.recurrence;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.joining;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The parts of a rule that are taken, in the order in which they are written, and the values that each takes. */
enum Part {
    FREQ("DAILY|WEEKLY|MONTHLY|YEARLY", "DAILY, WEEKLY, MONTHLY or YEARLY"),
    INTERVAL("0*[1-9][0-9]{0,3}", "a whole number from 1 to 9999"),
    BYMONTH("0?[1-9]|1[0-2]", "months from 1 to 12, separated by commas"),
    BYMONTHDAY(
            "[+-]?(0?[1-9]|[12][0-9]|3[01])",
            "days from 1 to 31, or from -1 to -31 as counted from the month's end, separated by commas"),
    BYDAY(
            "([+-]?(0?[1-9]|[1-4][0-9]|5[0-3]))?(MO|TU|WE|TH|FR|SA|SU)",
            "weekdays such as MO, with a number from 1 to 53 or -1 to -53 such as 2TU or -1FR, separated by commas"),
    BYSETPOS(
            "[+-]?0*([1-9][0-9]?|[12][0-9]{2}|3[0-5][0-9]|36[0-6])",
            "positions from 1 to 366, or from -1 to -366 as counted from the end, separated by commas"),
    WKST("MO|TU|WE|TH|FR|SA|SU", "one of MO, TU, WE, TH, FR, SA and SU"),
    COUNT("0*[1-9][0-9]{0,3}", "a whole number from 1 to 9999"),
    UNTIL(
            "[0-9]{8}(T([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]Z)?",
            "a date such as 20261231, or a date and a time in UTC such as 20261231T225959Z");

    private static final List<String> WEEKDAYS = List.of("", "MO", "TU", "WE", "TH", "FR", "SA", "SU");

    final boolean isBy;
    private final Pattern values;
    private final String described;

    Part(String value, String described) {
        this.isBy = name().startsWith("BY");
        this.values = Pattern.compile(isBy ? "(" + value + ")(,(" + value + "))*" : value);
        this.described = described;
    }

    /** The one way in which a value is written here. */
    String canonical(String value) {
        if (!values.matcher(value).matches() || (this == UNTIL && !isDate(value.substring(0, 8)))) {
            throw new RuleRefused(name() + " takes " + described + ".");
        }
        return switch (this) {
            case FREQ, WKST, UNTIL -> value;
            case INTERVAL, COUNT -> Integer.toString(Integer.parseInt(value));
            default ->
                Stream.of(value.split(","))
                        .map(Element::of)
                        .distinct()
                        .sorted(comparingInt(Element::rank))
                        .map(Element::text)
                        .collect(joining(","));
        };
    }

    private static boolean isDate(String digits) {
        try {
            return LocalDate.parse(digits, DateTimeFormatter.BASIC_ISO_DATE).getYear() > 0;
        } catch (DateTimeException noSuchDay) {
            return false;
        }
    }

    /** One of a list: a number, a weekday, or both. */
    private record Element(int number, String weekday) {
        static Element of(String text) {
            String number = text.replaceAll("[A-Z]", "");
            return new Element(number.isEmpty() ? 0 : Integer.parseInt(number), text.substring(number.length()));
        }

        /** Those counted from the end come last. */
        int rank() {
            return (number < 0 ? number + 1_000 : number) * WEEKDAYS.size() + WEEKDAYS.indexOf(weekday);
        }

        String text() {
            return (number == 0 ? "" : number) + weekday;
        }
    }
}
