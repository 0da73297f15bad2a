package dev.todo.database;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement whose values have names, written with the numbers that PostgreSQL knows them by. */
record NumberedSql(String text, Map<String, Integer> numbers) {
    /** Texts, quoted names, comments and casts are read past. */
    private static final Pattern NAME = Pattern.compile(
            "'(?:[^']|'')*'|\"[^\"]*\"|--[^\\n]*|/\\*.*?\\*/|::|:(?<name>[A-Za-z_][A-Za-z0-9_]*)", Pattern.DOTALL);

    private static final int MOST_KEPT = 1_000;
    private static final LoadingCache<String, NumberedSql> KEPT =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build(NumberedSql::read);

    static NumberedSql of(String named) {
        return KEPT.get(named);
    }

    private static NumberedSql read(String named) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        Matcher matcher = NAME.matcher(named);
        String text = matcher.replaceAll(found -> {
            String name = matcher.group("name");
            String kept =
                    name == null ? found.group() : "$" + (numbers.computeIfAbsent(name, added -> numbers.size()) + 1);
            return Matcher.quoteReplacement(kept);
        });
        return new NumberedSql(text, Map.copyOf(numbers));
    }

    int count() {
        return numbers.size();
    }

    int number(String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("The statement has no :" + name + ": " + text);
        }
        return number;
    }
}
