package dev.todo.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.todo.problem.InputError;
import dev.todo.problem.Problem;
import dev.todo.problem.ProblemType;
import dev.todo.tasks.BulkStore.Following;
import dev.todo.tasks.BulkStore.Open;
import dev.todo.tasks.recurrence.Due;
import dev.todo.tasks.recurrence.Mode;
import dev.todo.tasks.recurrence.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Finding the dates of many next occurrences comes to an end, whatever the rules. */
class BulkTasksTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final Open DAILY = open("2026-11-21", "FREQ=DAILY");
    private static final Open LAST = open("2026-11-21", "FREQ=DAILY;COUNT=1");

    /** The dates in between are counted one by one: of so many, for hours. */
    private static final Open MISSED = open("1999-07-20", "FREQ=DAILY;COUNT=9999");

    @Test
    void whatHasANextDateIsFollowed() {
        assertThat(found(List.of(DAILY, LAST, DAILY), Duration.ofMinutes(1)))
                .hasSize(2)
                .extracting(Following::dueAt)
                .containsOnly(Instant.parse("2026-11-22T23:59:59.999999Z"));
    }

    @Test
    void whoAsksForTooMuchIsToldSo() {
        assertThatThrownBy(() -> found(Collections.nCopies(1_000_000, MISSED), Duration.ofMillis(50)))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_CONTENT);
                    assertThat(problem.errors())
                            .containsExactly(InputError.at(
                                    "", "selects tasks whose next dates take too long to find: select fewer"));
                });
    }

    private static List<Following> found(List<Open> open, Duration patience) {
        Mono<List<Following>> next = BulkTasks.next(open, NOW, ZoneOffset.UTC, patience);
        return next.blockOptional(Duration.ofSeconds(30)).orElseThrow();
    }

    private static Open open(String date, String rule) {
        Due due = new Due(LocalDate.parse(date), null, null);
        return new Open(1, new Occurrence(due, Rule.parse(rule), List.of()), Mode.FIXED);
    }
}
