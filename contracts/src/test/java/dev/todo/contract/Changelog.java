package dev.todo.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the changelog says of the API since the last release. */
record Changelog(Set<String> names) {
    private static final Pattern HEADING = Pattern.compile("(##+)\\s+\\[?(.+?)]?\\s*");

    /** In one line and without blanks: a backtick that is not closed does not turn all that follows inside out. */
    private static final Pattern NAME = Pattern.compile("`([^`\\s]+)`");

    /** Fields are in snake_case and problems in kebab-case: whatever is written like this is meant as an operation. */
    private static final Pattern LIKE_AN_OPERATION = Pattern.compile("[a-z]+([A-Z][a-z0-9]*)+");

    static Changelog of(String text) {
        String release = "";
        String part = "";
        Set<String> names = new TreeSet<>();
        for (String line : text.lines().toList()) {
            Matcher heading = HEADING.matcher(line);
            if (!heading.matches()) {
                if (release.equals("Unreleased") && part.equals("API")) {
                    NAME.matcher(line).results().forEach(name -> names.add(name.group(1)));
                }
            } else if (heading.group(1).length() == 2) {
                release = heading.group(2);
                part = "";
            } else if (heading.group(1).length() == 3) {
                part = heading.group(2);
            }
        }
        return new Changelog(names);
    }

    /** The operations that have changed, and of which nothing is said. */
    Set<String> missing(Document released, Document present) {
        Map<String, ? extends JsonNode> before = released.operations();
        Map<String, ? extends JsonNode> now = present.operations();
        Set<String> missing = new TreeSet<>(before.keySet());
        missing.addAll(now.keySet());
        missing.removeAll(names);
        missing.removeIf(id -> before.containsKey(id)
                && now.containsKey(id)
                && Document.withoutWords(before.get(id)).equals(Document.withoutWords(now.get(id)))
                && names.containsAll(changed(released.partsOf(before.get(id)), present.partsOf(now.get(id)))));
        return missing;
    }

    /** What many operations share is better named itself than by all of them. */
    private static Set<String> changed(Map<String, JsonNode> before, Map<String, JsonNode> now) {
        Set<String> parts = new TreeSet<>(before.keySet());
        parts.addAll(now.keySet());
        return parts.stream()
                .filter(part -> !Objects.equals(before.get(part), now.get(part)))
                .map(part -> part.substring(part.lastIndexOf('/') + 1))
                .collect(Collectors.toSet());
    }

    /** What is written like an operation, and is none, before or now. */
    Set<String> unknown(Document released, Document present) {
        Set<String> unknown = new TreeSet<>(names);
        unknown.removeIf(name -> !LIKE_AN_OPERATION.matcher(name).matches());
        unknown.removeAll(released.operations().keySet());
        unknown.removeAll(present.operations().keySet());
        return unknown;
    }
}
