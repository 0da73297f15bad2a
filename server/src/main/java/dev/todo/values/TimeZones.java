package dev.todo.values;

import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Time zones by their IANA names. */
public final class TimeZones {
    /** Java adds names of System V's that are not IANA's. */
    private static final Set<String> NAMES = ZoneId.getAvailableZoneIds().stream()
            .filter(name -> !name.startsWith("SystemV/"))
            .collect(Collectors.toUnmodifiableSet());

    public static final String REFUSAL = "is not a time zone: name one as Europe/Berlin";

    private TimeZones() {}

    public static Optional<ZoneId> named(String name) {
        return NAMES.contains(name) ? Optional.of(ZoneId.of(name)) : Optional.empty();
    }
}
