package dev.todo.transfer;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.fortuna.ical4j.data.CalendarParserImpl;
import net.fortuna.ical4j.data.ContentHandler;
import net.fortuna.ical4j.data.ParserException;
import org.jspecify.annotations.Nullable;

/** A component of iCalendar, its values as they are written. */
record CalendarComponent(String name, List<Property> properties, List<CalendarComponent> inside) {
    /** A property; the names of its parameters are in upper case. */
    record Property(String name, Map<String, String> parameters, String value) {
        Optional<String> parameter(String parameter) {
            return Optional.ofNullable(parameters.get(parameter));
        }
    }

    /** {@code text} is unfolded, and no more than one component. */
    static CalendarComponent parse(String text) {
        String lines = PlainLines.of(text);
        Handler handler = new Handler();
        try {
            new CalendarParserImpl(false)
                    .parse(new StringReader("BEGIN:VCALENDAR\r\n" + lines + "END:VCALENDAR\r\n"), handler);
        } catch (ParserException | IOException malformed) {
            throw new EntryRefused(PlainLines.MALFORMED);
        }
        return requireNonNull(handler.root);
    }

    /** Of a property that may stand once only, the first counts. */
    Optional<Property> property(String property) {
        return properties(property).findFirst();
    }

    Stream<Property> properties(String property) {
        return properties.stream().filter(candidate -> candidate.name.equals(property));
    }

    private static final class Handler implements ContentHandler {
        private final Deque<CalendarComponent> open = new ArrayDeque<>();
        private @Nullable CalendarComponent root;
        private Map<String, String> parameters = new HashMap<>();
        private String value = "";

        @Override
        public void startCalendar() {}

        @Override
        public void endCalendar() {}

        @Override
        public void startComponent(String name) {
            open.push(new CalendarComponent(name, new ArrayList<>(), new ArrayList<>()));
        }

        @Override
        public void endComponent(String name) {
            CalendarComponent ended = open.pop();
            CalendarComponent parent = open.peek();
            if (parent == null) {
                root = ended;
            } else {
                parent.inside.add(ended);
            }
        }

        @Override
        public void startProperty(String name) {
            parameters = new HashMap<>();
        }

        @Override
        public void propertyValue(String written) {
            value = written;
        }

        @Override
        public void endProperty(String name) {
            CalendarComponent owner = open.peek();
            if (owner != null) {
                owner.properties.add(new Property(name.toUpperCase(Locale.ROOT), parameters, value));
            }
        }

        @Override
        public void parameter(String name, String written) {
            String plain = written.startsWith("\"") && written.endsWith("\"") && written.length() > 1
                    ? written.substring(1, written.length() - 1)
                    : written;
            parameters.put(name.toUpperCase(Locale.ROOT), plain);
        }
    }
}
