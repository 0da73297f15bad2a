package dev.todo.tasks.recurrence;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An occurrence and those after it, each completed at the instant at which it is due. */
record Chain(Next first) {
    static Chain of(Rule rule, Due due) {
        return new Chain(new Next(due, rule));
    }

    List<LocalDate> take(int most) {
        return Stream.iterate(Optional.of(first), Optional::isPresent, Chain::after)
                .limit(most)
                .map(next -> next.orElseThrow().due().date())
                .toList();
    }

    private static Optional<Next> after(Optional<Next> done) {
        return done.flatMap(next ->
                Recurrence.next(next.rule(), Mode.FIXED, next.due(), next.due().at(ZoneOffset.UTC), ZoneOffset.UTC));
    }
}
