package dev.todo.tasks.recurrence;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** The periods that a rule goes through. */
enum Frequency {
    DAILY(ChronoUnit.DAYS, 1, 146_097),
    WEEKLY(ChronoUnit.WEEKS, 7, 20_871),
    MONTHLY(ChronoUnit.MONTHS, 31, 4_800),
    YEARLY(ChronoUnit.YEARS, 366, 400);

    final ChronoUnit period;
    final int mostDays;
    final int periodsIn400Years;

    Frequency(ChronoUnit period, int mostDays, int periodsIn400Years) {
        this.period = period;
        this.mostDays = mostDays;
        this.periodsIn400Years = periodsIn400Years;
    }

    /** The first day of the period that a date lies in. */
    LocalDate periodOf(LocalDate date, DayOfWeek weekStart) {
        return switch (this) {
            case DAILY -> date;
            case WEEKLY -> date.with(TemporalAdjusters.previousOrSame(weekStart));
            case MONTHLY -> date.withDayOfMonth(1);
            case YEARLY -> date.withDayOfYear(1);
        };
    }
}
