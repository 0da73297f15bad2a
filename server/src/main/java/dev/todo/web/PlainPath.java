package dev.todo.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.http.server.PathContainer;

/**
 * A path template, compared segment by segment with paths in which nothing is encoded. It finds what Spring's pattern
 * finds, or nothing.
 */
record PlainPath(List<Segment> segments) {
    private record Segment(String text, boolean isVariable) {}

    static PlainPath of(String template) {
        return new PlainPath(Stream.of(template.substring(1).split("/", -1))
                .map(PlainPath::segment)
                .toList());
    }

    private static Segment segment(String text) {
        boolean isVariable = text.startsWith("{") && text.endsWith("}");
        return new Segment(isVariable ? text.substring(1, text.length() - 1) : text, isVariable);
    }

    static boolean isPlain(PathContainer path) {
        return path.value().indexOf('%') < 0 && path.value().indexOf(';') < 0;
    }

    boolean matches(PathContainer path) {
        List<PathContainer.Element> elements = path.elements();
        if (elements.size() != 2 * segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            boolean fits = elements.get(2 * i) instanceof PathContainer.Separator
                    && elements.get(2 * i + 1) instanceof PathContainer.PathSegment given
                    && (segment.isVariable || segment.text.equals(given.value()));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** Of a path that matches. */
    Map<String, String> variables(PathContainer path) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).isVariable) {
                variables.put(
                        segments.get(i).text, path.elements().get(2 * i + 1).value());
            }
        }
        return variables;
    }
}
