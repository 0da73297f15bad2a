package dev.todo.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ZoneOffsetsTest {
    private static final Instant END = Instant.parse("2027-11-22T08:00:00Z");
    private static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant FIRST_RAILWAYS = Instant.parse("1825-09-27T00:00:00Z");

    static Stream<ZoneId> zones() {
        return ZoneId.getAvailableZoneIds().stream()
                .sorted()
                .map(TimeZones::named)
                .flatMap(Optional::stream);
    }

    @ParameterizedTest
    @MethodSource("zones")
    void everyZoneHasTheOffsetsThatJavaKnows(ZoneId zone) {
        ZoneOffsets offsets = ZoneOffsets.before(END, zone);
        assertThat(offsets.starts()).isSorted().doesNotHaveDuplicates().allMatch(start -> start.isBefore(END));
        assertThat(offsets.seconds()).hasSize(offsets.starts().size() + 1);

        Stream<Instant> changes = Stream.concat(
                        offsets.starts().stream(),
                        zone.getRules().getTransitions().stream().map(change -> change.getInstant()))
                .flatMap(start -> Stream.of(start.minusNanos(1000), start, start.plusNanos(1000)));
        Random random = new Random(zone.getId().hashCode());
        Stream<Instant> anyTimes = Stream.concat(times(random, BEGINNING), times(random, FIRST_RAILWAYS));
        assertThat(Stream.concat(changes, anyTimes).filter(time -> time.isBefore(END)))
                .isNotEmpty()
                .allSatisfy(time -> assertThat(secondsAt(time, offsets))
                        .as(time.toString())
                        .isEqualTo(zone.getRules().getOffset(time).getTotalSeconds()));
    }

    @Test
    void aZoneThatNeverChangedHasOneOffset() {
        assertThat(ZoneOffsets.before(END, ZoneId.of("Etc/GMT-3")))
                .isEqualTo(new ZoneOffsets(List.of(), List.of(10_800)));
    }

    @Test
    void changesToComeAreToldUpToTheEnd() {
        assertThat(ZoneOffsets.before(END, ZoneId.of("CET")).starts())
                .endsWith(Instant.parse("2027-03-28T01:00:00Z"), Instant.parse("2027-10-31T01:00:00Z"));
    }

    private static Stream<Instant> times(Random random, Instant from) {
        LongStream seconds = random.longs(100, from.getEpochSecond(), END.getEpochSecond());
        return seconds.mapToObj(Instant::ofEpochSecond);
    }

    private static int secondsAt(Instant time, ZoneOffsets offsets) {
        int place = Collections.binarySearch(offsets.starts(), time);
        return offsets.seconds().get(place < 0 ? -place - 1 : place + 1);
    }
}
