package dev.todo.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as JSON has them, nulls included, of which nothing can be changed. */
final class Frozen {
    private Frozen() {}

    static Map<String, @Nullable Object> map(Map<?, ?> fields) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        fields.forEach((name, value) -> copy.put(String.valueOf(name), value(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object value(@Nullable Object value) {
        if (value instanceof Map<?, ?> fields) {
            return map(fields);
        }
        if (value instanceof List<?> items) {
            List<@Nullable Object> copy = new ArrayList<>();
            items.forEach(item -> copy.add(value(item)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }
}
