package dev.todo.tasks.recurrence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=DAILY",
                "FREQ=DAILY;INTERVAL=9999;COUNT=9999",
                "FREQ=DAILY;BYMONTH=1,12;BYMONTHDAY=1,31,-31,-1;BYDAY=MO,TU,WE,TH,FR,SA,SU",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;BYSETPOS=-1;WKST=SU;UNTIL=20261231",
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20261231T225959Z",
                "FREQ=MONTHLY;BYDAY=2TU,-1FR",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
                "FREQ=YEARLY;BYDAY=53MO,-53SU",
                "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366",
                "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
                "FREQ=YEARLY;INTERVAL=400;BYDAY=53MO",
                "FREQ=DAILY;UNTIL=00010101",
                "FREQ=DAILY;UNTIL=99991231T235959Z"
            })
    void canonicalTextStays(String text) {
        assertThat(Rule.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            freq=daily                                         | FREQ=DAILY
            COUNT=3;BYDAY=FR,MO;FREQ=WEEKLY                    | FREQ=WEEKLY;BYDAY=MO,FR;COUNT=3
            FREQ=WEEKLY;INTERVAL=1;WKST=MO                     | FREQ=WEEKLY
            FREQ=MONTHLY;INTERVAL=007;COUNT=0012               | FREQ=MONTHLY;INTERVAL=7;COUNT=12
            FREQ=MONTHLY;BYMONTHDAY=-1,+15,01,-2,15            | FREQ=MONTHLY;BYMONTHDAY=1,15,-2,-1
            FREQ=YEARLY;BYMONTH=12,01,2;BYDAY=-1su,+2tu,1SU,MO | FREQ=YEARLY;BYMONTH=1,2,12;BYDAY=MO,1SU,2TU,-1SU
            FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1,+001          | FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1,-1
            freq=daily;until=20261231t225959z                  | FREQ=DAILY;UNTIL=20261231T225959Z
            """)
    void textBecomesCanonical(String text, String canonical) {
        Rule rule = Rule.parse(text);
        assertThat(rule)
                .hasToString(canonical)
                .isEqualTo(Rule.parse(canonical))
                .isEqualTo(Rule.kept(canonical))
                .hasSameHashCodeAs(Rule.parse(canonical))
                .isNotEqualTo(Rule.parse("FREQ=DAILY;COUNT=77"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FREQ=HOURLY                           | FREQ=HOURLY is not taken: a task is due once a day at most.
            freq=minutely                         | FREQ=MINUTELY is not taken: a task is due once a day at most.
            FREQ=SECONDLY;COUNT=2                 | FREQ=SECONDLY is not taken: a task is due once a day at most.
            FREQ=FORTNIGHTLY                      | FREQ takes DAILY, WEEKLY, MONTHLY or YEARLY.
            FREQ=                                 | FREQ takes DAILY, WEEKLY, MONTHLY or YEARLY.
            INTERVAL=2                            | A recurrence rule needs FREQ.
            FREQ=DAILY;BYHOUR=9                   | BYHOUR is not taken in recurrence rules.
            FREQ=DAILY;BYMINUTE=0                 | BYMINUTE is not taken in recurrence rules.
            FREQ=DAILY;BYSECOND=0                 | BYSECOND is not taken in recurrence rules.
            FREQ=YEARLY;BYWEEKNO=20               | BYWEEKNO is not taken in recurrence rules.
            FREQ=YEARLY;BYYEARDAY=1               | BYYEARDAY is not taken in recurrence rules.
            RSCALE=CHINESE;FREQ=YEARLY            | RSCALE is not taken in recurrence rules.
            FREQ=YEARLY;SKIP=FORWARD              | SKIP is not taken in recurrence rules.
            FREQ=DAILY;X-SHOP=open                | X-SHOP is not taken in recurrence rules.
            FREQ=DAILY;DTSTART=20260101           | DTSTART is no part of recurrence rules.
            FREQ=DAILY;BYDAYS=MO                  | BYDAYS is no part of recurrence rules.
            FREQ=DAILY;FREQ=DAILY                 | FREQ stands in the recurrence rule twice.
            FREQ=DAILY;COUNT=2;count=3            | COUNT stands in the recurrence rule twice.
            RRULE:FREQ=DAILY                      | A recurrence rule is written without RRULE: before it.
            rrule:freq=daily                      | A recurrence rule is written without RRULE: before it.
            ''                                    | A recurrence rule is made of parts such as FREQ=DAILY, separated by semicolons.
            daily                                 | A recurrence rule is made of parts such as FREQ=DAILY, separated by semicolons.
            FREQ=DAILY;                           | A recurrence rule is made of parts such as FREQ=DAILY, separated by semicolons.
            FREQ=DAILY;;COUNT=2                   | A recurrence rule is made of parts such as FREQ=DAILY, separated by semicolons.
            FREQ=DAILY;=2                         | A recurrence rule is made of parts such as FREQ=DAILY, separated by semicolons.
            FREQ==DAILY                           | A recurrence rule is made of parts such as FREQ=DAILY, separated by semicolons.
            'FREQ=DAILY; COUNT=2'                 | A recurrence rule is written in ASCII, in one line and without spaces.
            FREQ=DAıLY                            | A recurrence rule is written in ASCII, in one line and without spaces.
            FREQ=DAILY;COUNT=٣                    | A recurrence rule is written in ASCII, in one line and without spaces.
            FREQ=DAILY;COUNT=2;UNTIL=20261231     | COUNT and UNTIL do not go together.
            FREQ=DAILY;COUNT=0                    | COUNT takes a whole number from 1 to 9999.
            FREQ=DAILY;COUNT=-1                   | COUNT takes a whole number from 1 to 9999.
            FREQ=DAILY;COUNT=10000                | COUNT takes a whole number from 1 to 9999.
            FREQ=DAILY;INTERVAL=0                 | INTERVAL takes a whole number from 1 to 9999.
            FREQ=DAILY;INTERVAL=10000             | INTERVAL takes a whole number from 1 to 9999.
            FREQ=DAILY;INTERVAL=99999999999999999 | INTERVAL takes a whole number from 1 to 9999.
            FREQ=DAILY;INTERVAL=1.5               | INTERVAL takes a whole number from 1 to 9999.
            FREQ=YEARLY;BYMONTH=0                 | BYMONTH takes months from 1 to 12, separated by commas.
            FREQ=YEARLY;BYMONTH=13                | BYMONTH takes months from 1 to 12, separated by commas.
            FREQ=YEARLY;BYMONTH=-1                | BYMONTH takes months from 1 to 12, separated by commas.
            FREQ=YEARLY;BYMONTH=                  | BYMONTH takes months from 1 to 12, separated by commas.
            FREQ=YEARLY;BYMONTH=1,                | BYMONTH takes months from 1 to 12, separated by commas.
            FREQ=YEARLY;BYMONTH=5L                | BYMONTH takes months from 1 to 12, separated by commas.
            FREQ=MONTHLY;BYMONTHDAY=0             | BYMONTHDAY takes days from 1 to 31, or from -1 to -31 as counted from the month's end, separated by commas.
            FREQ=MONTHLY;BYMONTHDAY=32            | BYMONTHDAY takes days from 1 to 31, or from -1 to -31 as counted from the month's end, separated by commas.
            FREQ=MONTHLY;BYMONTHDAY=-32           | BYMONTHDAY takes days from 1 to 31, or from -1 to -31 as counted from the month's end, separated by commas.
            FREQ=WEEKLY;BYDAY=                    | BYDAY takes weekdays such as MO, with a number from 1 to 53 or -1 to -53 such as 2TU or -1FR, separated by commas.
            FREQ=WEEKLY;BYDAY=MO,,TU              | BYDAY takes weekdays such as MO, with a number from 1 to 53 or -1 to -53 such as 2TU or -1FR, separated by commas.
            FREQ=WEEKLY;BYDAY=MONDAY              | BYDAY takes weekdays such as MO, with a number from 1 to 53 or -1 to -53 such as 2TU or -1FR, separated by commas.
            FREQ=MONTHLY;BYDAY=0MO                | BYDAY takes weekdays such as MO, with a number from 1 to 53 or -1 to -53 such as 2TU or -1FR, separated by commas.
            FREQ=YEARLY;BYDAY=54MO                | BYDAY takes weekdays such as MO, with a number from 1 to 53 or -1 to -53 such as 2TU or -1FR, separated by commas.
            FREQ=DAILY;BYDAY=1MO                  | BYDAY takes numbers with FREQ=MONTHLY and FREQ=YEARLY only.
            FREQ=WEEKLY;BYDAY=MO,-1FR             | BYDAY takes numbers with FREQ=MONTHLY and FREQ=YEARLY only.
            FREQ=YEARLY;BYDAY=20MO;BYMONTHDAY=15  | With FREQ=YEARLY and BYMONTHDAY, BYDAY takes numbers only if there is BYMONTH, too.
            FREQ=WEEKLY;BYMONTHDAY=1              | BYMONTHDAY does not go with FREQ=WEEKLY.
            FREQ=MONTHLY;BYSETPOS=1               | BYSETPOS needs another part that begins with BY.
            FREQ=YEARLY;BYDAY=MO;BYSETPOS=0       | BYSETPOS takes positions from 1 to 366, or from -1 to -366 as counted from the end, separated by commas.
            FREQ=YEARLY;BYDAY=MO;BYSETPOS=367     | BYSETPOS takes positions from 1 to 366, or from -1 to -366 as counted from the end, separated by commas.
            FREQ=DAILY;BYDAY=MO;BYSETPOS=2        | With FREQ=DAILY, BYSETPOS goes up to 1 and down to -1.
            FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1,-8    | With FREQ=WEEKLY, BYSETPOS goes up to 7 and down to -7.
            FREQ=MONTHLY;BYDAY=MO;BYSETPOS=32     | With FREQ=MONTHLY, BYSETPOS goes up to 31 and down to -31.
            FREQ=WEEKLY;WKST=                     | WKST takes one of MO, TU, WE, TH, FR, SA and SU.
            FREQ=WEEKLY;WKST=1MO                  | WKST takes one of MO, TU, WE, TH, FR, SA and SU.
            FREQ=DAILY;UNTIL=20260229             | UNTIL takes a date such as 20261231, or a date and a time in UTC such as 20261231T225959Z.
            FREQ=DAILY;UNTIL=00001231             | UNTIL takes a date such as 20261231, or a date and a time in UTC such as 20261231T225959Z.
            FREQ=DAILY;UNTIL=20261231T225959      | UNTIL takes a date such as 20261231, or a date and a time in UTC such as 20261231T225959Z.
            FREQ=DAILY;UNTIL=20261231T240000Z     | UNTIL takes a date such as 20261231, or a date and a time in UTC such as 20261231T225959Z.
            FREQ=DAILY;UNTIL=20261231T235960Z     | UNTIL takes a date such as 20261231, or a date and a time in UTC such as 20261231T225959Z.
            FREQ=DAILY;UNTIL=2026-12-31           | UNTIL takes a date such as 20261231, or a date and a time in UTC such as 20261231T225959Z.
            FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30   | The recurrence rule names no date that there ever is.
            FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30    | The recurrence rule names no date that there ever is.
            FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=2SU   | The recurrence rule names no date that there ever is.
            FREQ=MONTHLY;BYDAY=6MO                | The recurrence rule names no date that there ever is.
            FREQ=MONTHLY;BYMONTHDAY=31,-1;BYSETPOS=2 | The recurrence rule names no date that there ever is.
            FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=3    | The recurrence rule names no date that there ever is.
            FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;BYSETPOS=2 | The recurrence rule names no date that there ever is.
            """)
    void refusesWithOneSentence(String text, String sentence) {
        assertThatExceptionOfType(RuleRefused.class)
                .isThrownBy(() -> Rule.parse(text))
                .withMessage(sentence);
    }

    @Test
    void textHasItsLimit() {
        String longest = "FREQ=DAILY;COUNT=" + "0".repeat(237) + "5";
        assertThat(longest).hasSize(255);
        assertThat(Rule.parse(longest).text()).isEqualTo("FREQ=DAILY;COUNT=5");
        assertThatExceptionOfType(RuleRefused.class)
                .isThrownBy(() -> Rule.parse(longest + "0"))
                .withMessage("A recurrence rule has at most 255 characters.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"FREQ=DAILY\n", "FREQ=DAILY\r\nCOUNT=2", "FREQ=DAILY\u0000", "\tFREQ=DAILY", "FREQ=DAILY\u007f"})
    void textIsOneLineOfWhatCanBeSeen(String text) {
        assertThatExceptionOfType(RuleRefused.class)
                .isThrownBy(() -> Rule.parse(text))
                .withMessage("A recurrence rule is written in ASCII, in one line and without spaces.");
    }
}
