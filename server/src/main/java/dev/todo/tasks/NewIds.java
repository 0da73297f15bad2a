package dev.todo.tasks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The new ids of imported tasks, in the order of the tasks. Whatever they call by one id gets one new id, even if none of
 * them is it: a series stays together when its first occurrence is gone, and an occurrence that was followed stays so.
 */
final class NewIds {
    private final Map<Long, Integer> places = new HashMap<>();
    private final Map<Long, Long> gone = new HashMap<>();
    private final List<Long> drawn = new ArrayList<>();

    /** A task, and the ids that it gets. */
    record Tied(long id, @Nullable Long firstId, @Nullable Long nextId) {}

    /** All are noted before any is tied. Where two call themselves by one id, the first is who the others mean. */
    void note(ImportedTask task, int place) {
        if (task.id() != null && task.isTied()) {
            places.putIfAbsent(task.id(), place);
        }
    }

    /** How many ids must be drawn to tie these, the first of which has this place. */
    int needs(List<ImportedTask> portion, int place) {
        return lacking(portion, place) + (int) unknown(portion).count();
    }

    List<Tied> tie(List<ImportedTask> portion, int place, List<Long> fresh) {
        int lacking = lacking(portion, place);
        List<Long> unknown = unknown(portion).toList();
        drawn.addAll(fresh.subList(0, lacking));
        for (int i = 0; i < unknown.size(); i++) {
            gone.put(unknown.get(i), fresh.get(lacking + i));
        }
        List<Tied> tied = new ArrayList<>();
        for (ImportedTask task : portion) {
            long id = drawn.get(place + tied.size());
            Long first = known(task.seriesId());
            tied.add(new Tied(id, first != null && first == id ? null : first, known(task.nextId())));
        }
        return tied;
    }

    private int lacking(List<ImportedTask> portion, int place) {
        int named = ties(portion)
                .map(places::get)
                .mapToInt(known -> known == null ? 0 : known + 1)
                .max()
                .orElse(0);
        return Math.max(0, Math.max(place + portion.size(), named) - drawn.size());
    }

    private Stream<Long> unknown(List<ImportedTask> portion) {
        return ties(portion)
                .filter(old -> !places.containsKey(old) && !gone.containsKey(old))
                .distinct();
    }

    private static Stream<Long> ties(List<ImportedTask> portion) {
        return portion.stream()
                .flatMap(task -> Stream.of(Stream.ofNullable(task.seriesId()), Stream.ofNullable(task.nextId())))
                .flatMap(ids -> ids);
    }

    private @Nullable Long known(@Nullable Long old) {
        if (old == null) {
            return null;
        }
        Integer place = places.get(old);
        return place == null ? gone.get(old) : drawn.get(place);
    }
}
