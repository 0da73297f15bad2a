package dev.todo.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What breaks clients: each sentence once, however many operations share the component that it is about. */
final class Breaks {
    private final Map<String, Map<String, Set<String>>> sentences = new LinkedHashMap<>();

    void add(String operation, String where, String what) {
        sentences
                .computeIfAbsent(where, none -> new LinkedHashMap<>())
                .computeIfAbsent(what, none -> new TreeSet<>())
                .add(operation);
    }

    /** Two that look at one place say the same in different words: the first has the say. */
    void addUnlessKnown(Breaks others) {
        others.sentences.forEach(sentences::putIfAbsent);
    }

    List<String> sentences() {
        return sentences.entrySet().stream()
                .flatMap(where -> where.getValue().entrySet().stream()
                        .map(what -> where.getKey() + " " + what.getKey() + users(where.getKey(), what.getValue())))
                .toList();
    }

    private static String users(String where, Set<String> operations) {
        String first = operations.iterator().next();
        int more = operations.size() - 1;
        if (more == 0 && (where.equals(first) || where.startsWith(first + " "))) {
            return "";
        }
        return switch (more) {
            case 0 -> " (" + first + ")";
            case 1 -> " (" + first + " and 1 more operation)";
            default -> " (%s and %d more operations)".formatted(first, more);
        };
    }
}
