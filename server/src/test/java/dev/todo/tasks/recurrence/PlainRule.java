package dev.todo.tasks.recurrence;

import static java.util.stream.Collectors.toMap;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.stream.Stream;

/**
 * RFC 5545, section 3.3.10, read a second time and as plainly as can be: of all days of each period those that every BY
 * part lets pass, and of these the positions. It knows no COUNT and no UNTIL.
 */
record PlainRule(Map<String, String> parts) {
    static PlainRule of(String text) {
        return new PlainRule(Stream.of(text.split(";"))
                .map(part -> part.split("="))
                .collect(toMap(part -> part[0], part -> part[1])));
    }

    /** The dates of the rule behind the first one, as far as the last. */
    Stream<LocalDate> between(LocalDate first, LocalDate last) {
        ChronoUnit unit = switch (part("FREQ", "")) {
            case "DAILY" -> ChronoUnit.DAYS;
            case "WEEKLY" -> ChronoUnit.WEEKS;
            case "MONTHLY" -> ChronoUnit.MONTHS;
            default -> ChronoUnit.YEARS;
        };
        LocalDate start = switch (unit) {
            case DAYS -> first;
            case WEEKS -> first.with(TemporalAdjusters.previousOrSame(weekStart()));
            case MONTHS -> first.withDayOfMonth(1);
            default -> first.withDayOfYear(1);
        };
        int interval = Integer.parseInt(part("INTERVAL", "1"));
        return Stream.iterate(start, day -> !day.isAfter(last), day -> day.plus(interval, unit))
                .flatMap(day -> positioned(day.datesUntil(day.plus(1, unit))
                        .filter(date -> isNamed(date, first, unit))
                        .toArray(LocalDate[]::new)))
                .filter(date -> date.isAfter(first) && !date.isAfter(last));
    }

    private Stream<LocalDate> positioned(LocalDate[] dates) {
        return !parts.containsKey("BYSETPOS")
                ? Stream.of(dates)
                : Stream.of(part("BYSETPOS", "").split(","))
                        .map(Integer::parseInt)
                        .map(position -> position > 0 ? position - 1 : dates.length + position)
                        .filter(index -> 0 <= index && index < dates.length)
                        .distinct()
                        .sorted()
                        .map(index -> dates[index]);
    }

    private boolean isNamed(LocalDate date, LocalDate first, ChronoUnit unit) {
        boolean namesDays = parts.containsKey("BYDAY") || parts.containsKey("BYMONTHDAY");
        boolean named = Stream.of(part("BYMONTH", "").split(",")).anyMatch(month -> isMonth(month, date))
                && Stream.of(part("BYMONTHDAY", "").split(",")).anyMatch(day -> isMonthDay(day, date))
                && Stream.of(part("BYDAY", "").split(",")).anyMatch(day -> isWeekday(day, date, unit));
        return named
                && switch (unit) {
                    case DAYS -> true;
                    case WEEKS -> namesDays || date.getDayOfWeek() == first.getDayOfWeek();
                    case MONTHS -> namesDays || date.getDayOfMonth() == first.getDayOfMonth();
                    default ->
                        namesDays
                                || (date.getDayOfMonth() == first.getDayOfMonth()
                                        && (parts.containsKey("BYMONTH") || date.getMonth() == first.getMonth()));
                };
    }

    private static boolean isMonth(String month, LocalDate date) {
        return month.isEmpty() || date.getMonthValue() == Integer.parseInt(month);
    }

    private static boolean isMonthDay(String day, LocalDate date) {
        return day.isEmpty()
                || date.getDayOfMonth() == Integer.parseInt(day)
                || date.getDayOfMonth() - date.lengthOfMonth() - 1 == Integer.parseInt(day);
    }

    private boolean isWeekday(String day, LocalDate date, ChronoUnit unit) {
        if (day.length() <= 2) {
            return date.getDayOfWeek().name().startsWith(day);
        }
        int number = Integer.parseInt(day.substring(0, day.length() - 2));
        boolean inYear = unit == ChronoUnit.YEARS && !parts.containsKey("BYMONTH");
        int before = (inYear ? date.getDayOfYear() : date.getDayOfMonth()) - 1;
        int after = (inYear ? date.lengthOfYear() : date.lengthOfMonth()) - before - 1;
        return date.getDayOfWeek().name().startsWith(day.substring(day.length() - 2))
                && (number == before / 7 + 1 || number == -(after / 7 + 1));
    }

    private DayOfWeek weekStart() {
        return Stream.of(DayOfWeek.values())
                .filter(day -> day.name().startsWith(part("WKST", "MO")))
                .findFirst()
                .orElseThrow();
    }

    private String part(String name, String otherwise) {
        return parts.getOrDefault(name, otherwise);
    }
}
