package dev.todo.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Time zones as a {@code VTIMEZONE} describes them: those that come with the library, read as mere text. */
final class ZoneDefinitions {
    private static final Map<ZoneId, String> READ = new ConcurrentHashMap<>();

    private ZoneDefinitions() {}

    /** Nothing for a zone that the library does not know: its name is IANA's, and says all. */
    static String of(ZoneId zone) {
        return READ.computeIfAbsent(zone, ZoneDefinitions::read);
    }

    private static String read(ZoneId zone) {
        try (InputStream file = ZoneDefinitions.class.getResourceAsStream("/zoneinfo/" + zone.getId() + ".ics")) {
            return file == null ? "" : definition(new String(file.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without the calendar around it, and without the address where programs would look for a newer one. */
    private static String definition(String calendar) {
        return calendar.substring(calendar.indexOf("BEGIN:VTIMEZONE"), calendar.indexOf("END:VCALENDAR"))
                .lines()
                .filter(line -> !line.startsWith("TZURL"))
                .map(line -> line + "\r\n")
                .collect(joining());
    }
}
