package dev.todo.values;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * How many seconds a zone is ahead of UTC, for those who know less of zones: the first number holds before all starts,
 * each of the others from its start on.
 */
public record ZoneOffsets(List<Instant> starts, List<Integer> seconds) {
    public ZoneOffsets {
        starts = List.copyOf(starts);
        seconds = List.copyOf(seconds);
    }

    /** At all times before {@code end}; after it, the last offset only seems to go on. */
    public static ZoneOffsets before(Instant end, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        List<Instant> starts = new ArrayList<>();
        List<Integer> seconds = new ArrayList<>();
        seconds.add(rules.getOffset(Instant.MIN).getTotalSeconds());
        ZoneOffsetTransition next = rules.nextTransition(Instant.MIN);
        while (next != null && next.getInstant().isBefore(end)) {
            starts.add(next.getInstant());
            seconds.add(next.getOffsetAfter().getTotalSeconds());
            next = rules.nextTransition(next.getInstant());
        }
        return new ZoneOffsets(starts, seconds);
    }
}
