package dev.todo.client;

import dev.todo.client.generated.model.CompletedOnDayJson;
import dev.todo.client.generated.model.TagUseJson;
import dev.todo.client.generated.model.TasksByPriorityJson;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The maps of statistics, in the order that the server gave. */
final class Insight {
    private Insight() {}

    static Map<Priority, Integer> priorities(TasksByPriorityJson counts) {
        Map<Priority, Integer> each = new LinkedHashMap<>();
        each.put(Priority.NONE, counts.none());
        each.put(Priority.LOW, counts.low());
        each.put(Priority.MEDIUM, counts.medium());
        each.put(Priority.HIGH, counts.high());
        each.put(Priority.URGENT, counts.urgent());
        counts.unknown().forEach((priority, count) -> {
            if (count instanceof Integer number) {
                each.put(Priority.of(priority), number);
            }
        });
        return Collections.unmodifiableMap(each);
    }

    static Map<String, Integer> tags(List<TagUseJson> uses) {
        Map<String, Integer> each = new LinkedHashMap<>();
        uses.forEach(use -> each.put(use.name(), use.tasks()));
        return Collections.unmodifiableMap(each);
    }

    static Map<LocalDate, Integer> days(List<CompletedOnDayJson> days) {
        Map<LocalDate, Integer> each = new LinkedHashMap<>();
        days.forEach(day -> each.put(day.date(), day.tasks()));
        return Collections.unmodifiableMap(each);
    }
}
