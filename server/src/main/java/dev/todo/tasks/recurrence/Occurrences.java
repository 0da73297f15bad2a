package dev.todo.tasks.recurrence;

import java.time.DayOfWeek;
import java.time.LocalDate;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import org.jspecify.annotations.Nullable;

/**
 * The dates of a rule, one by one, as lib-recur unfolds them; COUNT and UNTIL are not its business.
 *
 * <p>Lib-recur goes through its periods one by one, and gives up after a thousand or more that are empty. So it is
 * started in the period that is asked for, however long ago the first date was, and started again behind the thousand.
 * The calendar repeats itself every 400 years: when so many periods were empty, all are.
 */
final class Occurrences {
    private static final int LAST_YEAR = 9999;
    private static final int GIVES_UP_AFTER = 1_000;

    private final RecurrenceRule rule;
    private final Frequency frequency;
    private final DayOfWeek weekStart;
    private final int interval;
    private final LocalDate earliest;
    private LocalDate period;
    private @Nullable RecurrenceRuleIterator unfolded;

    /** The dates from the earliest on of a rule that is counted from a first date. */
    Occurrences(Rule rule, LocalDate first, LocalDate earliest) {
        this.rule = parsed(rule.unbounded(first));
        this.frequency = rule.frequency();
        this.weekStart = rule.weekStart();
        this.interval = rule.interval();
        this.earliest = earliest;
        LocalDate start = periodOf(first);
        long periods = frequency.period.between(start, periodOf(earliest));
        this.period = start.plus(periods - periods % interval, frequency.period);
    }

    /** The next date, or null when there is none before the year 10000. */
    @Nullable
    LocalDate next() {
        for (int empty = 0; empty < frequency.periodsIn400Years && isInTime(period); empty += GIVES_UP_AFTER) {
            try {
                return firstInTurn();
            } catch (IllegalArgumentException | IllegalStateException tooManyEmptyPeriods) {
                unfolded = null;
                period = period.plus((long) GIVES_UP_AFTER * interval, frequency.period);
            }
        }
        return null;
    }

    private @Nullable LocalDate firstInTurn() {
        for (LocalDate date = unfold(); isInTurn(date); date = unfold()) {
            if (!date.isBefore(earliest)) {
                period = periodOf(date);
                return date;
            }
        }
        return null;
    }

    /** Lib-recur's years go up to 262143 and begin anew, out of step. */
    private boolean isInTurn(LocalDate date) {
        long periods = frequency.period.between(period, periodOf(date));
        return isInTime(date) && periods >= 0 && periods % interval == 0;
    }

    private static boolean isInTime(LocalDate date) {
        return date.getYear() <= LAST_YEAR;
    }

    private LocalDate unfold() {
        if (unfolded == null) {
            unfolded =
                    rule.iterator(new DateTime(period.getYear(), period.getMonthValue() - 1, period.getDayOfMonth()));
        } else {
            unfolded.skip(1);
        }
        DateTime date = unfolded.peekDateTime();
        return LocalDate.of(date.getYear(), date.getMonth() + 1, date.getDayOfMonth());
    }

    private LocalDate periodOf(LocalDate date) {
        return frequency.periodOf(date, weekStart);
    }

    private static RecurrenceRule parsed(String text) {
        try {
            return new RecurrenceRule(text, RfcMode.RFC5545_STRICT);
        } catch (InvalidRecurrenceRuleException strangerThanOurs) {
            throw new IllegalStateException(text, strangerThanOurs);
        }
    }
}
