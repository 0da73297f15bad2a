package dev.todo.tasks.recurrence;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules by chance, held against two other ways to unfold them. The seed stands in the name of each case. */
class RecurrencePropertyTest {
    private static final int CASES = 400;
    private static final int MOST_DATES = 12;
    private static final int YEARS = 60;
    private static final List<String> WEEKDAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");

    /** A rule, and a date that it may or may not name. */
    record Case(long seed, String rule, LocalDate first) {
        LocalDate last() {
            return first.plusYears(YEARS);
        }

        List<LocalDate> plain() {
            return PlainRule.of(rule).between(first, last()).limit(MOST_DATES).toList();
        }
    }

    static Stream<Case> cases() {
        return LongStream.rangeClosed(1, CASES).mapToObj(RecurrencePropertyTest::byChance);
    }

    /**
     * From a date amid the first year lib-recur counts positions from that date on, and finds days of the month in that
     * date's month only: here it is started with the year, and given the months.
     */
    static Stream<Case> casesThatLibRecurReadsAlike() {
        return cases().filter(one -> !one.rule().matches("FREQ=YEARLY.*(BYSETPOS|BYMONTHDAY).*"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void chainIsThePlainReading(Case one) {
        assertThat(chain(one)).isEqualTo(one.plain());
    }

    @ParameterizedTest
    @MethodSource("casesThatLibRecurReadsAlike")
    void chainIsWhatLibRecurIterates(Case one) throws InvalidRecurrenceRuleException {
        List<LocalDate> chain = chain(one);
        assertThat(chain).isEqualTo(iterated(one, chain.size()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void passesOverWhatIsPastAndCountsIt(Case one) {
        List<LocalDate> dates = one.plain();
        Random random = new Random(one.seed());
        int count = 1 + random.nextInt(MOST_DATES);
        LocalDate today = one.first().plusDays(random.nextInt(dates.isEmpty() ? 100 : 1 + days(one, dates)));

        List<LocalDate> counted = dates.subList(0, Math.min(count - 1, dates.size()));
        Optional<Next> expected = counted.stream()
                .filter(date -> !date.isBefore(today))
                .findFirst()
                .map(date -> new Next(
                        new Due(date, null, null),
                        Rule.parse(one.rule() + ";COUNT=" + (count - 1 - counted.indexOf(date)))));
        assertThat(Recurrence.next(
                                Rule.parse(one.rule() + ";COUNT=" + count),
                                Mode.FIXED,
                                new Due(one.first(), null, null),
                                today.atTime(12, 0).toInstant(ZoneOffset.UTC),
                                ZoneOffset.UTC)
                        .filter(next -> !next.due().date().isAfter(one.last())))
                .as("COUNT=%d, completed on %s", count, today)
                .isEqualTo(expected);
    }

    private static int days(Case one, List<LocalDate> dates) {
        return (int) (dates.get(dates.size() - 1).toEpochDay() - one.first().toEpochDay());
    }

    private static List<LocalDate> chain(Case one) {
        return Chain.of(Rule.parse(one.rule()), new Due(one.first(), null, null)).take(MOST_DATES + 1).stream()
                .skip(1)
                .filter(date -> !date.isAfter(one.last()))
                .toList();
    }

    /** Lib-recur looks ahead, and throws when it sees nothing for long: it is asked for no more than there is to see. */
    private static List<LocalDate> iterated(Case one, int most) throws InvalidRecurrenceRuleException {
        LocalDate first = one.first();
        DateTime start = new DateTime(first.getYear(), first.getMonthValue() - 1, first.getDayOfMonth());
        RecurrenceRule rule = new RecurrenceRule(one.rule(), RecurrenceRule.RfcMode.RFC5545_STRICT);
        List<LocalDate> found = new ArrayList<>();
        for (@Nullable RecurrenceRuleIterator dates = null; found.size() < most; ) {
            if (dates == null) {
                dates = rule.iterator(start);
            } else {
                dates.skip(1);
            }
            DateTime next = dates.peekDateTime();
            LocalDate date = LocalDate.of(next.getYear(), next.getMonth() + 1, next.getDayOfMonth());
            if (date.isAfter(first)) {
                found.add(date);
            }
        }
        return found;
    }

    /** The first rule that is taken among those which the seed leads to. */
    private static Case byChance(long seed) {
        Random random = new Random(seed);
        LocalDate first = LocalDate.of(1890 + random.nextInt(300), 1, 1).plusDays(random.nextInt(366));
        return Stream.generate(() -> ruleByChance(random))
                .filter(RecurrencePropertyTest::isTaken)
                .map(rule -> new Case(seed, rule, first))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isTaken(String rule) {
        try {
            return !Rule.parse(rule).text().isEmpty();
        } catch (RuleRefused anotherOneThen) {
            return false;
        }
    }

    private static String ruleByChance(Random random) {
        Frequency frequency = oneOf(List.of(Frequency.values()), random);
        boolean numbered = frequency == Frequency.MONTHLY || frequency == Frequency.YEARLY;
        List<String> parts = new ArrayList<>(List.of("FREQ=" + frequency));
        if (random.nextBoolean()) {
            parts.add("INTERVAL=" + (1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 6)));
        }
        if (random.nextInt(3) == 0) {
            parts.add("BYMONTH=" + list(random, 4, () -> "" + (1 + random.nextInt(12))));
        }
        if (frequency != Frequency.WEEKLY && random.nextInt(3) == 0) {
            parts.add("BYMONTHDAY=" + list(random, 5, () -> sign(random) + (1 + random.nextInt(31))));
        }
        if (random.nextBoolean()) {
            int most = frequency == Frequency.YEARLY && random.nextBoolean() ? 53 : 5;
            parts.add("BYDAY="
                    + list(
                            random,
                            4,
                            () -> (numbered && random.nextBoolean() ? sign(random) + (1 + random.nextInt(most)) : "")
                                    + weekday(random)));
        }
        if (parts.get(parts.size() - 1).startsWith("BY") && random.nextInt(3) == 0) {
            parts.add("BYSETPOS=" + list(random, 3, () -> sign(random) + (1 + random.nextInt(5))));
        }
        if (random.nextInt(3) == 0) {
            parts.add("WKST=" + weekday(random));
        }
        return String.join(";", parts);
    }

    private static String list(Random random, int most, Supplier<String> one) {
        return Stream.generate(one).limit(1 + random.nextInt(most)).distinct().collect(joining(","));
    }

    private static String sign(Random random) {
        return random.nextInt(3) == 0 ? "-" : "";
    }

    private static String weekday(Random random) {
        return oneOf(WEEKDAYS, random);
    }

    private static <T> T oneOf(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
